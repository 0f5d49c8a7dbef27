# What can be set of how objects are found: for the operation and for the panel.
# SPDX-License-Identifier: GPL-3.0-or-later
import math
from typing import Annotated

import tintype as tt

Dark = Annotated[bool, tt.Field("Dark objects", "Objects are darker than what is around them.")]
Smooth = Annotated[float, tt.Range(0, 50, unit="px", step=0.5), "How much noise is smoothed away before."]
Smallest = Annotated[int, tt.Range(0, math.inf, unit="px"), "Objects with fewer pixels are left out."]
Split = Annotated[bool, tt.Field("Split touching objects")]
Depth = Annotated[float, tt.Range(0, 100, unit="px", step=0.5), "How much narrower a neck is than what it joins, where it is cut."]
Whole = Annotated[bool, tt.Field("Whole objects only", "Those that the picture's edge cuts are left out.")]
