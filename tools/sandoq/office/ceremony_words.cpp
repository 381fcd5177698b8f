#include "ceremony_words.hpp"

namespace sandoq::tool {
namespace {

// clang-format off
constexpr ceremony_words english_words{
    .title = "Minutes of the key ceremony",
    .heading = "The ceremony",
    .election = "Election",
    .threshold = "{} of {} trustees are needed",
    .attempt = "Attempt {}",
    .given_up = "Given up; proves nobody guilty and stands nowhere: attempt {}",
    .absent = "stays away, as both boards state",
    .rounds = {"Round 1, commit", "Round 2, reveal", "Round 3, deal", "Round 4, confirm"},
    .missing = "nothing published",
    .complains = "complains of",
    .was_right = "The complaint is right: the share does not lie on the polynomial that was revealed. Guilty:",
    .was_wrong = "The complaint is false. Guilty:",
    .not_judged = "It is judged when everybody has answered.",
    .shut_out = "is shut out from every later attempt, because it",
    .ignored = "Counts as never published",
    .keys = "Keys",
    .board_key = "Key of",
    .joint_key = "Key of the election",
    .complete = "The ceremony is complete.",
    .waits = "The ceremony waits for",
    .failed = "The ceremony cannot go on.",
    .compare = "To know that two copies are the same, compare the whole election hash (e1), which stands at the end of a complete ceremony. The code behind each message is too short to prove it: it shows where copies differ.",
};

constexpr ceremony_words persian_words{
    .title = "صورت‌جلسهٔ آیین تولید کلید",
    .heading = "آیین",
    .election = "انتخابات",
    .threshold = "حضور {} نفر از {} امین لازم است",
    .attempt = "نوبت {}",
    .given_up = "رها شد؛ گناه کسی را ثابت نمی‌کند و در پرونده نمی‌آید: نوبت {}",
    .absent = "به گواهی هر دو هیئت غایب است",
    .rounds = {"دور ۱، تعهد", "دور ۲، آشکارسازی", "دور ۳، توزیع سهم", "دور ۴، تأیید"},
    .missing = "چیزی منتشر نکرده است",
    .complains = "شکایت دارد از",
    .was_right = "شکایت درست است: سهم با چندجمله‌ای آشکارشده سازگار نیست. مقصر:",
    .was_wrong = "شکایت نادرست است. مقصر:",
    .not_judged = "وقتی همه پاسخ دادند داوری می‌شود.",
    .shut_out = "از همهٔ نوبت‌های بعد کنار گذاشته شد، زیرا",
    .ignored = "منتشرنشده به شمار می‌آید",
    .keys = "کلیدها",
    .board_key = "کلید",
    .joint_key = "کلید انتخابات",
    .complete = "آیین کامل است.",
    .waits = "آیین در انتظار است:",
    .failed = "آیین نمی‌تواند ادامه یابد.",
    .compare = "برای اطمینان از یکسان بودن دو رونوشت، همهٔ چکیدهٔ انتخابات (e1) را که در پایان آیین کامل می‌آید با هم بسنجید. کد پشت هر پیام برای اثبات آن کوتاه است: نشان می‌دهد رونوشت‌ها کجا فرق دارند.",
};
// clang-format on

}  // namespace

const ceremony_words& ceremony_words_of(language in) noexcept {
  return in == language::persian ? persian_words : english_words;
}

}  // namespace sandoq::tool
