# Makes one page of a template, its style sheet and its scripts, and a C++ source that holds the page:
#   cmake -D PAGE=<name> -D SCRIPTS=<name>,... -D DIRECTORY=<where the files are> -D FUNCTION=<name> \
#     -D OUTPUT=<file> -P embed_page.cmake
#
# PAGE names name.html and name.css; SCRIPTS names .js files, which are joined in that order. @STYLE@ and @SCRIPT@ in
# the template are replaced by the texts, @STYLE_HASH@ and @SCRIPT_HASH@ by their SHA-256 as a Content-Security-Policy
# spells it: a browser then accepts these and nothing else.

# base64 of a SHA-256, which CMake only gives in hexadecimal: three hexadecimal digits are two of base64.
function(hash_of text out)
    set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    string(SHA256 hex "${text}")
    set(hex "${hex}00")
    set(base64 "")
    foreach(at RANGE 0 63 3)
        string(SUBSTRING "${hex}" ${at} 3 digits)
        math(EXPR high "0x${digits} >> 6")
        math(EXPR low "0x${digits} & 63")
        string(SUBSTRING "${alphabet}" ${high} 1 first)
        string(SUBSTRING "${alphabet}" ${low} 1 second)
        string(APPEND base64 "${first}${second}")
    endforeach()
    # 32 bytes are 42 digits and a third of two bits more: the 43rd is kept, the 44th is padding.
    string(SUBSTRING "${base64}" 0 43 base64)
    set(${out} "${base64}=" PARENT_SCOPE)
endfunction()

file(READ ${DIRECTORY}/${PAGE}.html page)
file(READ ${DIRECTORY}/${PAGE}.css style)
set(script "")
string(REPLACE "," ";" SCRIPTS "${SCRIPTS}")
foreach(name IN LISTS SCRIPTS)
    file(READ ${DIRECTORY}/${name}.js part)
    string(APPEND script "${part}")
endforeach()
foreach(part IN ITEMS style script)
    if(${part} MATCHES "{{|</")
        message(FATAL_ERROR
            "${PAGE}: the ${part} holds '{{' or '</', which would end it or be taken for a place in the template")
    endif()
    hash_of("${${part}}" ${part}_hash)
endforeach()
string(REPLACE "@STYLE@" "${style}" page "${page}")
string(REPLACE "@SCRIPT@" "${script}" page "${page}")
string(REPLACE "@STYLE_HASH@" "${style_hash}" page "${page}")
string(REPLACE "@SCRIPT_HASH@" "${script_hash}" page "${page}")

file(WRITE ${OUTPUT} "// Made of ${PAGE}.html, ${PAGE}.css and ${SCRIPTS}.
#include \"page_sources.hpp\"

namespace cli {

std::string_view ${FUNCTION}() noexcept {
    return R\"refold-page(${page})refold-page\";
}

}  // namespace cli
")
