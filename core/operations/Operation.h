// What the catalogue knows about an operation and its parameters; all that people see is derived from it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Value.h"

#include <memory>
#include <string>
#include <vector>

namespace tintype {

class FunctionSlot;

enum class ParameterKind {
    Boolean,
    Integer,
    Number, ///< a double
    Text,
    Choice, ///< a text out of ParameterInfo::choices
    NumberList,
    IntegerList,
    Image, ///< a node's image; a number or a list of numbers stands for a constant image of the same size, a list
           ///< of equally long lists of numbers for a matrix
    ImageList,
    Bytes,
    Interpolator ///< a text: "nearest", "bilinear", "bicubic", …
};

const char* kindName(ParameterKind kind);

struct Choice {
    std::string value; ///< what code says
    std::string title; ///< what people read
    bool operator==(const Choice&) const = default;
};

struct ParameterInfo {
    std::string name;  ///< as in Python
    std::string title; ///< what people read
    std::string help;  ///< one sentence
    ParameterKind kind = ParameterKind::Number;
    bool required = false;
    bool output = false;
    /// Drawn upon in place by the engine: it works on a copy, the input stays as it is.
    bool modified = false;
    /// Not for people: kept out of forms, still accepted from code.
    bool hidden = false;
    Value defaultValue;  ///< nothing where leaving it out has a meaning of its own (no mask, same as width, …)
    Value engineDefault; ///< what the engine itself takes when it is not told; equal values are not passed on
    double minimum = 0;  ///< what is allowed
    double maximum = 0;
    double sliderMinimum = 0; ///< what is useful
    double sliderMaximum = 0;
    std::string unit; ///< "px", "°", "%", or nothing
    /// The texts that are allowed. Of an IntegerList: code may say them too, and the node keeps their positions.
    std::vector<Choice> choices;
    int fixedLength = 0;    ///< of a list; 0: any
    bool isFile = false;    ///< of a text: the path of a file
    std::string engineType; ///< libvips' name of the type, such as "VipsBlendMode"

    bool isImage() const { return kind == ParameterKind::Image || kind == ParameterKind::ImageList; }
    bool isList() const;
    bool operator==(const ParameterInfo&) const = default;
};

struct Operation {
    std::string id;     ///< what code says: "gaussblur", "scan.despeckle"
    std::string engine; ///< the libvips operation that does it; empty where a function does
    std::shared_ptr<FunctionSlot> function; ///< of an operation that was added; null for Tintype's own
    std::string origin;                     ///< who has added it: "the add-on Scan clean-up", "the console"
    std::string family; ///< the engine's class that it is derived from, such as "VipsMorphology"
    std::string title;
    std::string category;
    std::string help;
    std::vector<std::string> keywords; ///< names by which users of other programs look for it
    std::vector<ParameterInfo> inputs; ///< required ones first, in their order
    std::vector<ParameterInfo> outputs;
    bool described = false;   ///< has title, category and ranges by hand
    bool hidden = false;      ///< not in menus
    bool keepsFormat = false; ///< computed in float, then rounded to the integer format that the input had
    bool pixelwise = false;
    /// Of a function: a pixel of the result depends on its surroundings only, so that the result stays lazy; that of others is
    /// computed whole when its first pixel is asked for.
    bool tilewise = false;

    const ParameterInfo* input(const std::string& name) const;
    const ParameterInfo* output(const std::string& name) const;
    /// The first input that is one image; null for operations that make one, or take a list of them.
    const ParameterInfo* firstImage() const;
    /// The first output if it is an image; null for operations that return values.
    const ParameterInfo* imageOutput() const;
    /// Python's signature without the first image: "sigma, *, min_ampl=0.0003, precision='float'".
    std::string signature() const;
    bool operator==(const Operation&) const = default;
};

} // namespace tintype
