# Language, warnings, sanitizers and where the built files go.
# SPDX-License-Identifier: GPL-3.0-or-later
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_AUTOMOC ON)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(TINTYPE_PYTHON_DIR ${CMAKE_BINARY_DIR}/python)

# The tree can be moved as a whole: libraries are found beside the program.
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)

add_compile_options(-Wall -Wextra -Werror -Wno-missing-field-initializers)
# GCC 12 sees overlapping copies in "text" + std::string where there are none.
add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
# Symbols are kept in every build, so that a stack says where it stands.
add_compile_options(-g1)
add_compile_definitions(QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII TINTYPE_VERSION="${PROJECT_VERSION}")
include_directories(${CMAKE_SOURCE_DIR})

set(TINTYPE_SANITIZE "" CACHE STRING "Sanitizers to build with, for example address,undefined or thread")
if(TINTYPE_SANITIZE)
    add_compile_options(-fsanitize=${TINTYPE_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${TINTYPE_SANITIZE})
    add_compile_definitions(TINTYPE_SANITIZED)
endif()

# A library whose own symbols must all be found when it is linked, rather than when it is loaded. Sanitizers leave theirs to
# the program.
function(tintype_complete target)
    if(NOT TINTYPE_SANITIZE)
        target_link_options(${target} PRIVATE -Wl,-z,defs)
    endif()
endfunction()
