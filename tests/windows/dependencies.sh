# shellcheck shell=bash
# shellcheck disable=SC2154 # deps and triplet are the caller's
# Prepares refold's dependencies for Windows: header-only libraries, and libcurl and GoogleTest, which are built once.
# Sourced by tests/windows/run after it has set deps, their directory, and triplet. Sets root and launcher, and defines
# cross and prepare_dependencies.

root=$deps/root
launcher=()
if command -v ccache >/dev/null; then
    launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi

# Configures with CMake for Windows.
cross() { # source directory, build directory, CMake argument...
    cmake -S "$1" -B "$2" -G Ninja "-DCMAKE_TOOLCHAIN_FILE=$deps/toolchain.cmake" ${launcher[@]+"${launcher[@]}"} \
        "${@:3}"
}

write_toolchain() {
    cat >"$deps/toolchain.cmake" <<END
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER $triplet-gcc-posix)
set(CMAKE_CXX_COMPILER $triplet-g++-posix)
set(CMAKE_RC_COMPILER $triplet-windres)
set(CMAKE_FIND_ROOT_PATH $root /usr/$triplet)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
END
}

# Writes a CMake package for a library or for headers.
write_package() { # name, version, target, property and value...
    local directory=$root/lib/cmake/$1
    mkdir -p "$directory"
    cat >"$directory/$1Config.cmake" <<END
add_library($3 INTERFACE IMPORTED)
set_target_properties($3 PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "$root/include" ${*:4})
END
    printf 'set(PACKAGE_VERSION %s)\nset(PACKAGE_VERSION_COMPATIBLE TRUE)\n' "$2" \
        >"$directory/$1ConfigVersion.cmake"
}

# Prints a version that a header defines as PREFIX_MAJOR, PREFIX_MINOR and PREFIX_PATCH.
version_in() { # file, prefix
    sed -n "s/^#define ${2}_\(MAJOR\|MINOR\|PATCH\) *\([0-9]*\).*/\2/p" "$1" | paste -sd .
}

# Links single directories of /usr/include, because the others are of this system.
link_headers() {
    mkdir -p "$root/include"
    local name
    for name in boost nlohmann CLI; do ln -sfn "/usr/include/$name" "$root/include/$name"; done
    local json=/usr/include/nlohmann/detail/abi_macros.hpp
    [[ -e $json ]] || json=/usr/include/nlohmann/json.hpp
    write_package nlohmann_json "$(version_in "$json" NLOHMANN_JSON_VERSION)" nlohmann_json::nlohmann_json
    write_package CLI11 "$(version_in /usr/include/CLI/Version.hpp CLI11_VERSION)" CLI11::CLI11
}

# Fetches Debian's source package of curl with separate package lists, without changing the system's.
fetch_curl() {
    local apt=$deps/apt file
    rm -rf "$apt" && mkdir -p "$apt/parts" "$apt/lists/partial" "$deps/source"
    : >"$apt/list"
    [[ ! -e /etc/apt/sources.list ]] || sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >"$apt/list"
    for file in /etc/apt/sources.list.d/*.list; do
        [[ ! -e $file ]] || sed -n 's/^deb /deb-src /p' "$file" >"$apt/parts/$(basename "$file")"
    done
    for file in /etc/apt/sources.list.d/*.sources; do
        [[ ! -e $file ]] || sed 's/^Types:.*/Types: deb-src/' "$file" >"$apt/parts/$(basename "$file")"
    done
    local options=(-o "Dir::Etc::sourcelist=$apt/list" -o "Dir::Etc::sourceparts=$apt/parts"
        -o "Dir::State::Lists=$apt/lists")
    apt-get -qq "${options[@]}" update &&
        (cd "$deps/source" && apt-get -qq "${options[@]}" source --download-only curl)
}

find_curl_archive() {
    find "$deps/source" -name 'curl_*.orig.tar.*' ! -name '*.asc' 2>/dev/null | head -n 1
}

build_curl() {
    if [[ ! -e $root/lib/libcurl.a ]]; then
        [[ -n $(find_curl_archive) ]] || fetch_curl || return 1
        rm -rf "$deps/curl" && mkdir -p "$deps/curl/tree" || return 1
        tar -xf "$(find_curl_archive)" -C "$deps/curl/tree" --strip-components=1 || return 1
        # Uses libcurl's ready configuration for Windows, to skip the hundreds of checks of its CMake project.
        cat >"$deps/curl/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.18)
project(libcurl C)
file(GLOB sources tree/lib/*.c tree/lib/v*/*.c tree/lib/curlx/*.c)
add_library(curl STATIC ${sources})
target_include_directories(curl PRIVATE tree/lib PUBLIC tree/include)
target_precompile_headers(curl PRIVATE tree/lib/curl_setup.h)
target_compile_definitions(curl PRIVATE BUILDING_LIBCURL CURL_STATICLIB HTTP_ONLY HAVE_LIBZ HAVE_ZLIB_H USE_SCHANNEL
    USE_WINDOWS_SSPI CURL_DISABLE_LDAP UNICODE _UNICODE)
install(TARGETS curl ARCHIVE DESTINATION lib)
install(DIRECTORY tree/include/curl DESTINATION include)
END
        cross "$deps/curl" "$deps/curl/build" -DCMAKE_BUILD_TYPE=None "-DCMAKE_INSTALL_PREFIX=$root" || return 1
        cmake --build "$deps/curl/build" --target install || return 1
    fi
    local version
    version=$(sed -n 's/^#define LIBCURL_VERSION "\([0-9.]*\).*/\1/p' "$root/include/curl/curlver.h")
    write_package CURL "$version" CURL::libcurl INTERFACE_COMPILE_DEFINITIONS CURL_STATICLIB \
        INTERFACE_LINK_LIBRARIES \
        "\"$root/lib/libcurl.a;/usr/$triplet/lib/libz.a;ws2_32;crypt32;bcrypt;secur32;advapi32\""
}

build_gtest() {
    [[ ! -e $root/lib/libgtest.a ]] || return 0
    cross /usr/src/googletest "$deps/googletest" -DCMAKE_BUILD_TYPE=None "-DCMAKE_INSTALL_PREFIX=$root" \
        -DBUILD_GMOCK=OFF &&
        cmake --build "$deps/googletest" --target install
}

# Returns 1 and prints the log if a library is unavailable.
prepare_dependencies() {
    write_toolchain
    link_headers
    local library
    for library in curl gtest; do
        "build_$library" >"$deps/$library.log" 2>&1 || { tail -n 20 "$deps/$library.log"; return 1; }
    done
}
