// Lays out cells and computes their light, background, uneven illumination and noise.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/MicrographScenePrivate.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

namespace tintype {

namespace {

/// Smaller slots leave too little between the cells to tell them apart after a blur.
constexpr double SMALLEST_SLOT = 32;
constexpr double BACKGROUND = 26;
constexpr double EDGE = 0.22; ///< how soft the outline is, in radii

/// What the random numbers are for; each has a stream of its own.
enum Stream : std::uint64_t {
    ORDER,
    PLACE_X,
    PLACE_Y,
    AXIS_X,
    AXIS_Y,
    RADIUS,
    FLATNESS,
    LOBES_2,
    LOBES_3,
    LIGHT,
    GRAIN,
    NOISE,
    SHIFT
};

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
    value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
    return value ^ (value >> 31);
}

std::uint64_t hashed(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) {
    return mixed(mixed(seed * 64 + stream) ^ index);
}

double smoothStep(double t) {
    t = std::clamp(t, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

/// Nearly a normal distribution with deviation 1: the sum of four even ones.
double bell(std::uint64_t hash) {
    double sum = 0;
    for (int i = 0; i < 4; ++i)
        sum += double((hash >> (16 * i)) & 0xffff) / 65535.0;
    return (sum - 2) * 1.7320508075688772;
}

} // namespace

MicrographScene::MicrographScene(int width, int height, int count, std::uint64_t seed, double noise)
    : m_width(width), m_height(height), m_seed(seed), m_noise(noise) {
    // Where there is room, some slots stay empty and rows are shifted, so that the grid does not show.
    if (layOut(count + count / 3 + 1, count, true) || layOut(count, count, false))
        return;
    const int most = int(width / SMALLEST_SLOT) * int(height / SMALLEST_SLOT);
    throw std::runtime_error(std::to_string(count) + " cells do not fit into " + std::to_string(width) + " x " +
                             std::to_string(height) + " pixels; about " + std::to_string(most) + " do");
}

/// Chooses the grid and which of its slots have a cell; false when the slots get too small or too few.
bool MicrographScene::layOut(int slots, int count, bool shifted) {
    m_columns = std::max(1, int(std::ceil(std::sqrt(double(slots) * m_width / m_height))));
    int rows = (slots + m_columns - 1) / m_columns;
    if (m_width < m_columns * SMALLEST_SLOT || m_height < rows * SMALLEST_SLOT) {
        m_columns = int(m_width / SMALLEST_SLOT);
        rows = int(m_height / SMALLEST_SLOT);
    }
    m_slotWidth = double(m_width) / m_columns;
    m_slotHeight = double(m_height) / rows;
    m_shifts.assign(std::size_t(rows), 0);
    std::vector<int> order;
    for (int row = 0; row < rows; ++row) {
        // A shifted row has one slot less.
        const bool shift = shifted && m_columns > 2 && row % 2 == 1;
        if (shift)
            m_shifts[std::size_t(row)] = m_slotWidth * (0.2 + 0.6 * random(SHIFT, std::uint64_t(row)));
        for (int column = 0; column < m_columns - shift; ++column)
            order.push_back(row * m_columns + column);
    }
    if (int(order.size()) < count)
        return false;
    std::ranges::sort(order, {},
                      [this](int slot) { return std::pair(hashed(m_seed, ORDER, std::uint64_t(slot)), slot); });
    m_cells.assign(std::size_t(m_columns) * std::size_t(rows), {});
    for (int i = 0; i < count; ++i)
        m_cells[std::size_t(order[std::size_t(i)])] = makeCell(order[std::size_t(i)]);
    return true;
}

double MicrographScene::random(std::uint64_t stream, std::uint64_t index) const {
    return double(hashed(m_seed, stream, index) >> 11) / 9007199254740992.0;
}

MicrographScene::Cell MicrographScene::makeCell(int slot) const {
    const auto index = std::uint64_t(slot);
    const auto between = [&](std::uint64_t stream, double low, double high) {
        return low + (high - low) * random(stream, index);
    };
    const double side = std::min(m_slotWidth, m_slotHeight);
    Cell cell;
    cell.radius = side * between(RADIUS, 0.17, 0.32);
    cell.flatness = between(FLATNESS, 0.72, 1);
    cell.lobes[0] = between(LOBES_2, -0.04, 0.04);
    cell.lobes[1] = between(LOBES_3, -0.04, 0.04);
    cell.brightness = between(LIGHT, 110, 180);
    const double axisX = between(AXIS_X, -1, 1);
    const double axisY = between(AXIS_Y, -1, 1);
    const double length = std::sqrt(axisX * axisX + axisY * axisY);
    cell.cosine = length > 0 ? axisX / length : 1;
    cell.sine = length > 0 ? axisY / length : 0;
    // The outline reaches 1.08 radii at most, half of the soft edge lies outside, and a gap is kept at the slot's
    // border.
    const double reach = cell.radius * (1.08 + EDGE / 2) + 0.05 * side;
    const int row = slot / m_columns;
    cell.x = m_shifts[std::size_t(row)] + (slot % m_columns + 0.5) * m_slotWidth +
             between(PLACE_X, -1, 1) * std::max(0.0, m_slotWidth / 2 - reach);
    cell.y = (row + 0.5) * m_slotHeight + between(PLACE_Y, -1, 1) * std::max(0.0, m_slotHeight / 2 - reach);
    return cell;
}

/// Value noise: hashes on a grid, blended smoothly between; -1 to 1.
double MicrographScene::texture(double x, double y, double grain) const {
    const double left = std::floor(x / grain);
    const double top = std::floor(y / grain);
    const double across = smoothStep(x / grain - left);
    const double down = smoothStep(y / grain - top);
    const auto corner = [&](int dx, int dy) {
        const auto column = std::uint64_t(std::int64_t(left) + dx);
        const auto row = std::uint64_t(std::int64_t(top) + dy);
        return random(GRAIN, column * 0x100000001b3 + row);
    };
    const double above = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * across;
    const double below = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * across;
    return 2 * (above + (below - above) * down) - 1;
}

double MicrographScene::cellLight(const Cell& cell, double x, double y) const {
    const double dx = x - cell.x;
    const double dy = y - cell.y;
    const double along = dx * cell.cosine + dy * cell.sine;
    const double across = (dy * cell.cosine - dx * cell.sine) / cell.flatness;
    const double distance = std::sqrt(along * along + across * across);
    if (distance > cell.radius * 1.4)
        return 0;
    const double c = distance > 0 ? along / distance : 1;
    const double s = distance > 0 ? across / distance : 0;
    // cos 2a and cos 3a from cos a.
    const double outline =
        cell.radius * (1 + cell.lobes[0] * (c * c - s * s) + cell.lobes[1] * (4 * c * c * c - 3 * c));
    const double inside = smoothStep(0.5 + (outline - distance) / (EDGE * cell.radius));
    const double dome = 1 - 0.2 * (distance / outline) * (distance / outline);
    return cell.brightness * inside * dome * (1 + 0.1 * texture(x, y, 1 + cell.radius / 5));
}

std::uint8_t MicrographScene::pixel(int x, int y) const {
    const auto row = std::min(std::size_t(y / m_slotHeight), m_shifts.size() - 1);
    const int column = std::clamp(int(std::floor((x - m_shifts[row]) / m_slotWidth)), 0, m_columns - 1);
    const Cell& cell = m_cells[row * std::size_t(m_columns) + std::size_t(column)];

    // The lamp is brightest a little off the centre and falls off towards the corners.
    const double u = (x + 0.5) / m_width - 0.45;
    const double v = (y + 0.5) / m_height - 0.55;
    const double lamp = 1 - 0.45 * (u * u + v * v);
    double light = BACKGROUND + 5 * texture(x, y, 1 + std::max(m_width, m_height) / 6.0);
    if (cell.radius > 0)
        light += cellLight(cell, x, y);
    light *= lamp;
    // Like a camera's: part of the noise grows with the light.
    const double spread = m_noise * std::sqrt(0.5 + light / 255);
    light += spread * bell(hashed(m_seed, NOISE, std::uint64_t(y) * std::uint64_t(m_width) + std::uint64_t(x)));
    return std::uint8_t(std::clamp(std::floor(light + 0.5), 0.0, 255.0));
}

} // namespace tintype
