#include "report_words.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "sandoq/verify/checks.hpp"
#include "standings.hpp"

namespace sandoq::tool {
namespace {

constexpr report_words english{
    .own_name = "English",
    .direction = "ltr",
    .comma = ", ",
    .report = "Election report",
    .drill = "Drill",
    .drill_note = "Held for practice. Its ballots and results count in no real election.",
    .real = "real election",
    .no_domain = "not known: the manifest could not be read",
    .accepted = "The record is accepted",
    .accepted_note =
        "Every check that was asked for has passed: the published counts are those of the "
        "ballots cast.",
    .rejected = "The record is rejected",
    .rejected_note =
        "A check has failed. No results are shown, because what a rejected record "
        "says does not count.",
    .pinned = "The manifest is the one that was agreed on: the verifier was told its hash.",
    .pin_failed = "The manifest is not the one that was agreed on.",
    .pin_not_run = "Whether the manifest is the one that was agreed on could not be checked.",
    .not_pinned =
        "No manifest was pinned, so only inner consistency was checked. Compare the "
        "manifest hash and the keys of the boards below with what was published.",
    .notes = "Notes",
    .notes_note = "No check decides these matters. Every report shows them.",
    .note_matter = "Matter",
    .note_of = "Where or who",
    .note_told = "What the record says",
    .excluded = "Journal excluded",
    .recovered = "Journal closed by the boards",
    .absent = "Trustee absent",
    .shut_out = "Trustee shut out",
    .open_tie = "Tie still open",
    .open_seats = "Seats still open",
    .device = "device {}",
    .excluded_ballots = "{} cast ballots in its evidence are not counted",
    .recovered_ballots = "{} cast ballots in it are counted",
    .absent_from = "stayed away from attempt {} of the key ceremony",
    .no_share = "holds no share of the key and signs in no quorum",
    .remark = "Remark",
    .tie_resolved =
        "Tie at {} votes, decided by {}. Final order: {}. Among them were {} of the seats, {} of "
        "the places for alternates.",
    .tie_open = "Still open: the record was closed before the tie was resolved.",
    .subtotals = "Subtotals",
    .subtotals_note = "Both boards ordered these sets of places to be opened besides the totals.",
    .more_subtotals = "There are {} more subtotals; the CSV export lists all.",
    .groups = "Mixed groups",
    .groups_note = "The ballots of a group were mixed together before they were opened one by one.",
    .group = "Group {}",
    .more_options = "and {} more options",
    .more_groups = "There are {} more groups; the CSV export lists all.",
    .places_note_opened =
        "Of a place only the number of ballots is public, and what subtotals and mixed groups "
        "with it came to.",
    .exclusion_reasons = {"the device or its journal was lost", "an invalid or repeated ballot",
                          "a challenge that the device did not pass", "a broken chain or journal",
                          "another reason, told by the remark"},
    .decided_by = {"attributes", "attributes and the lot"},
    .election = "Election",
    .domain = "Domain",
    .manifest_hash = "Manifest hash (e0)",
    .election_hash = "Election hash (e1)",
    .ballots_cast = "Ballots cast",
    .made = "Report made",
    .made_by = "Verified by",
    .results = "Results",
    .votes = "Votes",
    .share = "Share",
    .outcome = "Outcome",
    .option = "Option",
    .blank = "Blank",
    .invalid = "Invalid",
    .standings = {"elected", "alternate", "run-off", "tie", "", "", ""},
    .contest_place = "Place",
    .contest_ballots = "Ballots",
    .choices = "Choices",
    .choices_of = "{} to {} of {}",
    .list_line = "List {}",
    .seats = "Seats",
    .alternates = "Alternates",
    .by_rule = "by its rule",
    .floor = "Floor",
    .floor_from = "other sums than the total: from {} ballots on",
    .floor_none = "0: totals only",
    .seats_empty = "Seats not filled",
    .elected_names = "Elected",
    .nobody = "nobody",
    .tie =
        "Tie at {} votes between {}. Left for them: {} of the seats, {} of the places for "
        "alternates.",
    .share_note_one =
        "Share: the part of the contest\u2019s ballots on which the option is marked.",
    .share_note_many =
        "Share: the part of the contest\u2019s ballots on which the option is marked. "
        "A voter may mark several, so shares may add up to more than 100%.",
    .share_note_votes =
        "Share: an option\u2019s votes as a part of the contest\u2019s ballots. A voter may give "
        "several "
        "votes, also to one option, so shares may be above 100%.",
    .ranking_note =
        "Voters rank the options, which have no votes of their own. The steps below tell how the "
        "ballots were counted.",
    .allocation_open =
        "The seats are still open: a tie waits for attributes or for the lot, and nobody is "
        "elected.",
    .write_ins = "Written by voters",
    .write_in = "Text",
    .more_write_ins = "There are {} more texts; the CSV export lists all.",
    .contests_by_place = "Contests by place",
    .closed_note = "A contest opens when it is chosen.",
    .places = "Ballots by place",
    .places_note =
        "Of a place only the number of ballots is public. The encrypted subtotals of "
        "places are not opened.",
    .place = "Place",
    .level = "Level",
    .branches = "Branches",
    .ballots = "Ballots",
    .more_places = "Lower levels hold {} more places; the CSV export lists all.",
    .levels = manifest_words::level_names,
    .checks = "Checks",
    .check_sums = "{} passed, {} failed, {} not run",
    .check = "What was checked",
    .status = "Status",
    .statuses = {"passed", "FAILED", "not run"},
    .failed_checks = "What failed",
    .failed_at = "at",
    .reason = "because",
    .reason_note = "",
    .boards = "Boards and their keys",
    .boards_note = "By the signing keys of their trustees people recognise the boards.",
    .board_threshold = "{} of {} trustees are needed",
    .trustee = "Trustee",
    .signing_key = "Signing key",
    .about = "About this report",
    .about_note =
        "This page is a summary and proves nothing by itself. Whoever has the record can "
        "repeat every check, on any computer:",
    .verdict = "verdict",
    .verdict_accepted = "accept",
    .verdict_rejected = "reject",
    .time = "time",
    .in_all = "in all",
    .second = "s",
};

// The formatter breaks these lines anew at every run.
// clang-format off
constexpr report_words persian{
    .own_name = "فارسی",
    .direction = "rtl",
    .comma = "، ",
    .report = "گزارش انتخابات",
    .drill = "تمرین",
    .drill_note = "این انتخابات برای تمرین برگزار شده است؛ آرا و نتایج آن در هیچ انتخابات واقعی به حساب نمی‌آید.",
    .real = "انتخابات واقعی",
    .no_domain = "نامعلوم: شناسنامهٔ انتخابات خوانده نشد",
    .accepted = "پروندهٔ انتخابات پذیرفته است",
    .accepted_note = "نتیجهٔ همهٔ وارسی‌های خواسته‌شده درست بود: شمارش‌های اعلام‌شده همان شمارش برگ‌های رأی مأخوذه است.",
    .rejected = "پروندهٔ انتخابات مردود است",
    .rejected_note = "نتیجهٔ دست‌کم یک وارسی نادرست بود. نتایج انتخابات نمایش داده نمی‌شود، زیرا مندرجات پروندهٔ مردود اعتبار ندارد.",
    .pinned = "شناسنامهٔ انتخابات همان است که بر آن توافق شده بود؛ چکیدهٔ آن از پیش به راستی‌آزما داده شد.",
    .pin_failed = "شناسنامهٔ انتخابات آن نیست که بر آن توافق شده بود.",
    .pin_not_run = "یکی بودن شناسنامهٔ انتخابات با آنچه بر آن توافق شده بود وارسی نشد.",
    .not_pinned = "شناسنامهٔ مورد توافق به راستی‌آزما داده نشد؛ بنابراین تنها سازگاری درونی پرونده وارسی شده است. چکیدهٔ شناسنامه و کلیدهای هیئت‌ها را که در زیر آمده است با آنچه منتشر شده است مقایسه کنید.",
    .notes = "ملاحظات",
    .notes_note = "این موارد موضوع هیچ وارسی نیست و در هر گزارش می‌آید.",
    .note_matter = "موضوع",
    .note_of = "محل یا شخص",
    .note_told = "شرح به گفتهٔ پرونده",
    .excluded = "کنار گذاشتن دفتر ثبت",
    .recovered = "بستن دفتر ثبت به جای دستگاه",
    .absent = "غیبت امین",
    .shut_out = "کنار گذاشتن امین",
    .open_tie = "تساوی آرای حل‌نشده",
    .open_seats = "تخصیص ناتمام کرسی‌ها",
    .device = "دستگاه {}",
    .excluded_ballots = "{} برگ رأی به‌صندوق‌انداخته در شواهد آن شمرده نشده است",
    .recovered_ballots = "{} برگ رأی به‌صندوق‌انداختهٔ آن شمرده شده است",
    .absent_from = "در نوبت {} آیین تولید کلید غایب بوده است",
    .no_share = "سهمی از کلید ندارد و امضای او در هیچ حد نصابی به حساب نمی‌آید",
    .remark = "توضیح",
    .tie_resolved = "تساوی آرا با {} رأی که با {} رفع شده است. ترتیب نهایی: {}. سهم ایشان: {} کرسی و {} جایگاه علی‌البدل.",
    .tie_open = "این تساوی هنوز حل نشده است: پرونده پیش از رفع آن بسته شده است.",
    .subtotals = "جمع‌های جزء",
    .subtotals_note = "هر دو هیئت به گشودن جمع این مجموعه‌ها از محل‌ها، افزون بر جمع‌های کل، دستور داده‌اند.",
    .more_subtotals = "{} جمع جزء دیگر نیز هست؛ فهرست کامل در خروجی CSV می‌آید.",
    .groups = "گروه‌های آمیزش",
    .groups_note = "برگ‌های رأی هر گروه پیش از آنکه یک به یک گشوده شود با هم آمیخته شده است.",
    .group = "گروه {}",
    .more_options = "و {} گزینهٔ دیگر",
    .more_groups = "{} گروه دیگر نیز هست؛ فهرست کامل در خروجی CSV می‌آید.",
    .places_note_opened = "در هر محل تنها شمار برگ‌های رأی آشکار است، و آنچه در جمع‌های جزء و گروه‌های آمیزش شامل آن آمده است.",
    .exclusion_reasons = {"دستگاه یا دفتر ثبت آن از دست رفته است", "برگ رأی نامعتبر یا تکراری", "ناکامی دستگاه در به چالش کشیدن برگ رأی", "گسستگی زنجیرهٔ کدها یا دفتر ثبت", "دلیلی دیگر، به شرح توضیح"},
    .decided_by = {"ویژگی‌های امضاشده", "ویژگی‌های امضاشده و قرعه"},
    .election = "شناسهٔ انتخابات",
    .domain = "گونه",
    .manifest_hash = "چکیدهٔ شناسنامه (e0)",
    .election_hash = "چکیدهٔ انتخابات (e1)",
    .ballots_cast = "برگ‌های رأی مأخوذه",
    .made = "زمان گزارش",
    .made_by = "راستی‌آزما",
    .results = "نتایج",
    .votes = "آرا",
    .share = "سهم",
    .outcome = "نتیجه",
    .option = "گزینه",
    .blank = "رأی سفید",
    .invalid = "رأی باطله",
    .standings = {"منتخب", "علی‌البدل", "راه‌یافته به مرحلهٔ دوم", "تساوی آرا", "", "", ""},
    .contest_place = "محل",
    .contest_ballots = "برگ‌های رأی",
    .choices = "شمار انتخاب",
    .choices_of = "{} تا {} از {}",
    .list_line = "فهرست {}",
    .seats = "کرسی",
    .alternates = "علی‌البدل",
    .by_rule = "طبق قاعدهٔ آن",
    .floor = "کف مقرر",
    .floor_from = "جمع‌های جز جمع کل: از {} برگ رأی به بالا",
    .floor_none = "صفر: تنها جمع کل",
    .seats_empty = "کرسی بدون منتخب",
    .elected_names = "منتخبان",
    .nobody = "هیچ‌کس",
    .tie = "تساوی آرا با {} رأی میان {}. سهم باقی‌مانده برای ایشان: {} کرسی و {} جایگاه علی‌البدل.",
    .share_note_one = "سهم: نسبت برگ‌های رأیی که گزینه در آنها انتخاب شده است به همهٔ برگ‌های رأی این رقابت.",
    .share_note_many = "سهم: نسبت برگ‌های رأیی که گزینه در آنها انتخاب شده است به همهٔ برگ‌های رأی این رقابت. رأی‌دهنده می‌تواند چند گزینه انتخاب کند؛ پس جمع سهم‌ها ممکن است از صد درصد بیشتر شود.",
    .share_note_votes = "سهم: نسبت آرای گزینه به شمار برگ‌های رأی این رقابت. رأی‌دهنده می‌تواند چند رأی بدهد، حتی به یک گزینه؛ پس سهم ممکن است از صد درصد بیشتر شود.",
    .ranking_note = "رأی‌دهندگان گزینه‌ها را رتبه‌بندی می‌کنند و گزینه‌ها رأی جداگانه ندارند. گام‌های زیر شیوهٔ شمارش برگ‌های رأی را نشان می‌دهد.",
    .allocation_open = "تخصیص کرسی‌ها هنوز ناتمام است: رفع یک تساوی در انتظار ویژگی‌های امضاشده یا قرعه است و هیچ‌کس منتخب نیست.",
    .write_ins = "نوشته‌های رأی‌دهندگان",
    .write_in = "نوشته",
    .more_write_ins = "{} نوشتهٔ دیگر نیز هست؛ فهرست کامل در خروجی CSV می‌آید.",
    .contests_by_place = "رقابت‌ها به تفکیک محل",
    .closed_note = "با انتخاب هر رقابت، جزئیات آن باز می‌شود.",
    .places = "برگ‌های رأی به تفکیک محل",
    .places_note = "در هر محل تنها شمار برگ‌های رأی آشکار است. جمع‌های جزء رمزشدهٔ محل‌ها گشوده نمی‌شود.",
    .place = "محل",
    .level = "سطح",
    .branches = "شعبه‌ها",
    .ballots = "برگ‌های رأی",
    .more_places = "{} محل دیگر در سطوح پایین‌تر قرار دارد؛ فهرست کامل در خروجی CSV می‌آید.",
    .levels = {"کشور", "استان", "حوزهٔ انتخابیه", "شهرستان", "شهر", "منطقه", "محله", "شعبه"},
    .checks = "وارسی‌ها",
    .check_sums = "{} درست، {} نادرست، {} انجام‌نشده",
    .check = "موضوع وارسی",
    .status = "وضعیت",
    .statuses = {"درست", "نادرست", "انجام‌نشده"},
    .failed_checks = "وارسی‌های نادرست",
    .failed_at = "در",
    .reason = "زیرا",
    .reason_note = "شرح جا و دلیل به انگلیسی است.",
    .boards = "هیئت‌ها و کلیدهای آنها",
    .boards_note = "هیئت‌ها با کلیدهای امضای امنای خود شناخته می‌شوند.",
    .board_threshold = "حضور {} نفر از {} امین لازم است",
    .trustee = "امین",
    .signing_key = "کلید امضا",
    .about = "دربارهٔ این گزارش",
    .about_note = "این صفحه خلاصه است و به خودی خود چیزی را اثبات نمی‌کند. هر کس پرونده را در دست داشته باشد می‌تواند همهٔ وارسی‌ها را در هر رایانه‌ای تکرار کند:",
    .verdict = "رأی راستی‌آزما",
    .verdict_accepted = "پذیرفته",
    .verdict_rejected = "مردود",
    .time = "زمان",
    .in_all = "جمعاً",
    .second = "ثانیه",
};
// clang-format on

struct phase_words {
  std::string_view phase;
  std::string_view persian;
};
constexpr std::array<phase_words, 9> phases{{{"head", "سربرگ"},
                                             {"files", "فایل‌ها"},
                                             {"manifest", "شناسنامه"},
                                             {"ceremony", "آیین تولید کلید"},
                                             {"lot", "تعهد به قرعه"},
                                             {"tree", "درخت محل‌ها"},
                                             {"ballots", "برگ‌های رأی"},
                                             {"mixes", "آمیزش فهرست‌ها"},
                                             {"opening", "گشودن جمع‌ها"}}};

}  // namespace

const report_words& words_of(language in) noexcept {
  return in == language::persian ? persian : english;
}

std::string_view sentence_of(language in, std::string_view check) noexcept {
  const auto found = std::find_if(check_table.begin(), check_table.end(),
                                  [check](const auto& entry) { return entry.id == check; });
  if (found == check_table.end()) {
    return {};
  }
  return in == language::persian ? found->sentence_fa : found->sentence;
}

std::string_view exclusion_reason_text(language in, const excluded_journal& journal) noexcept {
  const auto& reasons = words_of(in).exclusion_reasons;
  return journal.reason >= 1 && journal.reason <= reasons.size()
             ? reasons[static_cast<std::size_t>(journal.reason) - 1]
             : journal.reason_name;
}

std::string alternates_text(language in, const contest_entry& contest) {
  return rule_counts_alternates(contest) ? std::string(words_of(in).by_rule)
                                         : number_text(in, contest.alternates);
}

std::string floor_text(language in, const contest_entry& contest) {
  const report_words& words = words_of(in);
  return contest.floor == 0
             ? std::string(words.floor_none)
             : fmt::format(fmt::runtime(words.floor_from), number_text(in, contest.floor));
}

std::string_view phase_name(language in, std::string_view phase) noexcept {
  const auto found = std::find_if(phases.begin(), phases.end(),
                                  [phase](const auto& entry) { return entry.phase == phase; });
  return in == language::persian && found != phases.end() ? found->persian : phase;
}

}  // namespace sandoq::tool
