// The colour maps that Tintype brings: their colours from the lowest value to the highest, evenly apart.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tintype {

struct ColourMapTable {
    const char* name;
    const char* title;
    const char* colours; ///< six hexadecimal digits each
};

/// Viridis, magma, inferno and plasma (Nathaniel Smith, Stéfan van der Walt and Eric Firing, 2015, public domain, CC0) by every
/// fifth of their 256 colours. What lies between is interpolated, which differs from theirs by two of 255 levels at most.
inline constexpr ColourMapTable COLOUR_MAP_TABLES[] = {
    {"viridis", "Viridis",
     "44015446085c471063481769481d6f482475472a7a46307e453781433d844142873f48893d4e8a3a538b38598c355e8d33638d31688e"
     "2e6d8e2c718e2a768e297b8e27808e25848e23898e218e8d20928c1f978b1e9c891fa18821a58524aa8328ae802eb37c35b7793dbc74"
     "46c06f50c46a5ac86465cb5e70cf577cd25089d54895d840a2da37b0dd2fbddf26cae11fd8e219e5e419f1e51dfde725"},
    {"magma", "Magma",
     "00000402020b0504160907200e0b2b140e361a104221114e29115a311165390f6e420f754a107952137c5a167e6219806a1c81721f81"
     "792282812581892881912b81992d80a1307eaa337db2357bba3878c23b75ca3e72d2426fd9466be04c67e75263ec5860f1605df4695c"
     "f7725cf97b5dfb8560fc8e64fd9869fea16efeaa74feb47bfebd82fec68afecf92fed89afde2a3fdebacfcf4b6fcfdbf"},
    {"inferno", "Inferno",
     "00000402020c0504170a072210092d160b391e0c45260c512f0a5b380962400a67490b6a510e6c59106e61136e69166e71196e781c6d"
     "801f6c88226a902568982766a02a63a82e5fb0315bb73557bf3952c63d4dcc4248d34743d94d3ddf5337e45a31e9612bed6925f1711f"
     "f47918f78212f98b0bfa9407fb9d07fca60cfcb014fbba1ffac42af8cd37f6d746f4e156f2ea69f2f27df5f992fcffa4"},
    {"plasma", "Plasma",
     "0d08871b068d2605912f059638049a41049d4903a05102a35901a56100a76900a87100a87801a88004a88707a68e0ca49511a19c179e"
     "a21d9aa82296ae2892b42e8dba3388bf3984c43e7fc9447acd4a76d24f71d6556dda5b69de6164e26660e66c5ce97257ed7953f07f4f"
     "f3854bf58c46f79342f99a3efba139fca835fdaf31feb72dfebe2afdc627fcce25fbd724f8df25f6e826f3f027f0f921"},
    {"grey", "Grey", "000000ffffff"},
    {"hot", "Hot", "000000ff0000ffff00ffffff"},
    {"cool", "Cool", "00ffffff00ff"},
    {"jet", "Jet (rainbow)", "0000800000ff0080ff00ffff80ff80ffff00ff8000ff0000800000"},
    {"red", "Red", "000000ff0000"},
    {"green", "Green", "00000000ff00"},
    {"blue", "Blue", "0000000000ff"},
    {"cyan", "Cyan", "00000000ffff"},
    {"magenta", "Magenta", "000000ff00ff"},
    {"yellow", "Yellow", "000000ffff00"},
    {"blue_white_red", "Blue, white, red", "0000ffffffffff0000"},
};

} // namespace tintype
