# One set of compiler and linker flags for every target: hardening is on, builds are cached, and warnings are errors
# wherever we develop; in a release they are shown, since a warning of another compiler must not stop an installation.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Programs compile like libraries, so that one precompiled header serves both.
set(CMAKE_CXX_COMPILE_OPTIONS_PIE ${CMAKE_CXX_COMPILE_OPTIONS_PIC})
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor $<$<NOT:$<CONFIG:Release>>:-Werror>
                    -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero)
# g++ 12 reports false positives of these inside the standard library and Boost at -O2 and under ASan.
add_compile_options(-Wno-maybe-uninitialized -Wno-dangling-reference -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow
                    $<$<CONFIG:Release>:-Wno-stringop-overread>)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64")
  add_compile_options(-fcf-protection=full)
endif()
add_compile_definitions(_GLIBCXX_ASSERTIONS)
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
endif()
add_link_options(-pie -Wl,-z,relro,-z,now,-z,noexecstack)
if(YUANDA_SANITIZE)
  add_compile_options(-fsanitize=${YUANDA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${YUANDA_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers are cacheable only with these two sloppinesses and -fpch-preprocess.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE})
  add_compile_options(-fpch-preprocess)
endif()
