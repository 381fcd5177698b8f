# Debian's cross compiler for 64-bit ARM, with libraries of the same distribution for that processor; what is built runs
# under qemu-user. The executor is the jthread one (see the preset): a configuration that users may choose, and this one
# tests. Left out are the tests of the constant-time presets, which look at the machine code of this processor; the test
# of installing, which uses this machine's own compiler; and the reference's own tests, which are Python only.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64)

# Only these: the machine's own pkg-config files name libraries for its own processor.
set(ENV{PKG_CONFIG_LIBDIR} /usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig)
set(CMAKE_FIND_ROOT_PATH /usr/lib/aarch64-linux-gnu /usr)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
