# The libraries of the system that Tintype stands on; which room may use which is decided by the rooms.
# SPDX-License-Identifier: GPL-3.0-or-later
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets PrintSupport Test)
find_package(CLI11 REQUIRED)

# The system's Python, not whichever comes first on the PATH.
set(Python3_EXECUTABLE /usr/bin/python3 CACHE FILEPATH "The Python that Tintype embeds")
find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter Development)

pkg_check_modules(VIPS REQUIRED IMPORTED_TARGET vips>=8.14 gmodule-no-export-2.0)

# The same that libvips uses; its threads keep the plans of both apart.
pkg_check_modules(FFTW REQUIRED IMPORTED_TARGET fftw3)
find_library(FFTW_THREADS fftw3_threads REQUIRED)

find_path(QSCINTILLA_INCLUDE Qsci/qsciscintilla.h PATH_SUFFIXES x86_64-linux-gnu/qt6 qt6 REQUIRED)
find_library(QSCINTILLA_LIBRARY qscintilla2_qt6 REQUIRED)
add_library(QScintilla INTERFACE)
target_include_directories(QScintilla SYSTEM INTERFACE ${QSCINTILLA_INCLUDE})
target_link_libraries(QScintilla INTERFACE ${QSCINTILLA_LIBRARY} Qt6::Widgets Qt6::PrintSupport)

find_path(OPENCV_INCLUDE opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
find_library(OPENCV_CORE opencv_core REQUIRED)
find_library(OPENCV_IMGPROC opencv_imgproc REQUIRED)
add_library(OpenCV INTERFACE)
target_include_directories(OpenCV SYSTEM INTERFACE ${OPENCV_INCLUDE})
target_link_libraries(OpenCV INTERFACE ${OPENCV_IMGPROC} ${OPENCV_CORE})
