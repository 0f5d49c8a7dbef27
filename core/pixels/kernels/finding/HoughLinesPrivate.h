// Straight lines and pieces of lines among the pixels of a mask, by Hough transforms that can be stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"

#include <opencv2/core.hpp>

#include <cstddef>
#include <vector>

namespace tintype {

struct FoundLine {
    double angle;    ///< of the direction across it, in degrees
    double distance; ///< from the first pixel of the mask, that way
    int votes;       ///< pixels on it
};

struct FoundLines {
    std::vector<FoundLine> lines; ///< those with most votes first; as many as were asked for
    std::size_t count = 0;        ///< that there are
};

/// How many pixels lie on each line: Duda and Hart (1972), "Use of the Hough transformation to detect lines and curves in
/// pictures", Communications of the ACM 15, 11-15. Lines and votes are those of OpenCV's HoughLines, whose distances are
/// half a step off where its table has an even number of them.
class LineTable {
public:
    /// Of a table for a mask of that size; the steps are in pixels and degrees. Not rounded, for it may be more than an int holds.
    static double cells(const cv::Size& mask, double distance, double angle);
    LineTable(const cv::Size& mask, double distance, double angle);

    /// Lets each pixel that is not zero vote. Runs on all cores; throws Cancelled.
    void count(const cv::Mat& mask, const CancelToken& token);
    /// The lines with as many votes at least, and more than the lines beside them; `most` of them.
    FoundLines lines(int votes, int most, const CancelToken& token) const;

private:
    struct Points;
    void count(const Points& points, const CancelToken& token);
    void countOnOneAngle(const Points& points, int angle);

    double m_distance;
    double m_angle;
    int m_distances; ///< cells of an angle, the first and the last of which get no votes
    int m_zero;      ///< the cell of distance 0
    std::vector<float> m_cosines; ///< of each angle, in steps of the distance
    std::vector<float> m_sines;
    cv::Mat_<int> m_votes; ///< a row for each angle, between two of zeros
};

struct FoundSegment {
    cv::Point begin;
    cv::Point end;
};

struct SegmentWish {
    int votes;  ///< pixels on a line that make it one
    int length; ///< of the shortest piece, across or down
    int gap;    ///< pixels without a mark that do not end a piece
};

/// Pixels vote in random order; as soon as a line has enough votes, the pixels of its piece are taken out: Matas, Galambos and
/// Kittler (2000), "Robust detection of lines using the progressive probabilistic Hough transform", Computer Vision and Image
/// Understanding 78, 119-137. With the random numbers and the pieces of OpenCV's HoughLinesP. Clears pixels of the mask. Throws
/// Cancelled, and std::invalid_argument where the mask has too many pixels.
std::vector<FoundSegment> findSegments(cv::Mat mask, const SegmentWish& wish, const CancelToken& token);

} // namespace tintype
