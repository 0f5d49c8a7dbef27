# The types of the package, made from the catalogue and the bindings by tools/stubs; not to be edited by hand.
# SPDX-License-Identifier: GPL-3.0-or-later
import builtins
import pathlib
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, ClassVar, Final, Literal, NamedTuple, NoReturn, TypedDict, overload
from ._types import Array, FilePath, ImageLike, Matrix, Memory, Metadata, Numeric, Picture, T, WholeNumbers

from . import parallel as parallel

_Access = Literal["random", "sequential", "sequential-unbuffered"]
_AdaptiveMethod = Literal["mean", "gaussian"]
_Align = Literal["low", "centre", "high"]
_Angle = Literal["d0", "d90", "d180", "d270"]
_Angle45 = Literal["d0", "d45", "d90", "d135", "d180", "d225", "d270", "d315"]
_BandFormat = Literal["uchar", "char", "ushort", "short", "uint", "int", "float", "complex", "double", "dpcomplex"]
_BlendMode = Literal[
    "clear",
    "source",
    "over",
    "in",
    "out",
    "atop",
    "dest",
    "dest-over",
    "dest-in",
    "dest-out",
    "dest-atop",
    "xor",
    "add",
    "saturate",
    "multiply",
    "screen",
    "overlay",
    "darken",
    "lighten",
    "colour-dodge",
    "colour-burn",
    "hard-light",
    "soft-light",
    "difference",
    "exclusion",
]
_Coding = Literal["none", "labq", "rad"]
_Combine = Literal["max", "sum", "min"]
_CombineMode = Literal["set", "add"]
_CompassDirection = Literal[
    "centre",
    "north",
    "east",
    "south",
    "west",
    "north-east",
    "south-east",
    "south-west",
    "north-west",
]
_Connectivity = Literal["4", "8"]
_Direction = Literal["horizontal", "vertical"]
_Extend = Literal["black", "copy", "repeat", "mirror", "white", "background"]
_FailOn = Literal["none", "truncated", "error", "warning"]
_Intent = Literal["perceptual", "relative", "saturation", "absolute"]
_Interesting = Literal["none", "centre", "entropy", "attention", "low", "high", "all"]
_Interpolate = Literal["nearest", "bilinear", "bicubic", "lbb", "nohalo", "vsqbs"]
_Interpretation = Literal[
    "multiband",
    "b-w",
    "histogram",
    "xyz",
    "lab",
    "cmyk",
    "labq",
    "rgb",
    "cmc",
    "lch",
    "labs",
    "srgb",
    "yxy",
    "fourier",
    "rgb16",
    "grey16",
    "matrix",
    "scrgb",
    "hsv",
]
_Kernel = Literal["nearest", "linear", "cubic", "mitchell", "lanczos2", "lanczos3"]
_Likeness = Literal["coefficient", "correlation", "difference"]
_Metric = Literal["euclidean", "city-block", "chessboard"]
_OperationBoolean = Literal["and", "or", "eor", "lshift", "rshift"]
_OperationComplex = Literal["polar", "rect", "conj"]
_OperationComplex2 = Literal["cross-phase"]
_OperationComplexget = Literal["real", "imag"]
_OperationMath = Literal[
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "log",
    "log10",
    "exp",
    "exp10",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "acosh",
    "atanh",
]
_OperationMath2 = Literal["pow", "wop", "atan2"]
_OperationMorphology = Literal["erode", "dilate"]
_OperationRelational = Literal["equal", "noteq", "less", "lesseq", "more", "moreeq"]
_OperationRound = Literal["rint", "ceil", "floor"]
_PCS = Literal["lab", "xyz"]
_Precision = Literal["integer", "float"]
_Shape = Literal["disc", "square", "cross"]
_Size = Literal["both", "up", "down", "force"]
_TextWrap = Literal["word", "char", "word-char", "none"]
_ThresholdMethod = Literal["otsu", "triangle", "fixed"]

class _AutorotFound(TypedDict, total=False):
    angle: _Angle
    flip: bool

class _DrawFloodFound(TypedDict, total=False):
    left: Integer
    top: Integer
    width: Integer
    height: Integer

class _FillNearestFound(TypedDict, total=False):
    distance: Image

class _FindCirclesFound(TypedDict, total=False):
    count: Integer

class _FindLinesFound(TypedDict, total=False):
    count: Integer

class _FindSegmentsFound(TypedDict, total=False):
    count: Integer

class _LabelFound(TypedDict, total=False):
    count: Integer

class _LabelregionsFound(TypedDict, total=False):
    segments: Integer

class _MaxFound(TypedDict, total=False):
    x: Integer
    y: Integer
    out_array: Numbers
    x_array: Numbers
    y_array: Numbers

class _MinFound(TypedDict, total=False):
    x: Integer
    y: Integer
    out_array: Numbers
    x_array: Numbers
    y_array: Numbers

class _MosaicFound(TypedDict, total=False):
    dx0: Integer
    dy0: Integer
    scale1: Number
    angle1: Number
    dy1: Number
    dx1: Number

class _SmartcropFound(TypedDict, total=False):
    attention_x: Integer
    attention_y: Integer

class _SplitObjectsFound(TypedDict, total=False):
    count: Integer

class _TextFound(TypedDict, total=False):
    autofit_dpi: Integer

class _ThresholdFound(TypedDict, total=False):
    found: Number

class _Registered(NamedTuple):
    """Something that an add-on has registered: its `kind`, such as "handler", and what it is called."""
    kind: str
    title: str

class _CallTimes(NamedTuple):
    """How many times the callbacks of an add-on were called, and the seconds they took: in total, and the longest one."""
    calls: int
    total: float
    longest: float

class _Failure(NamedTuple):
    """Something of an add-on that failed: the `time` in seconds since 1970, what it was, and the traceback as `text`."""
    time: float
    title: str
    text: str

class _Output:
    """Which output of which step a value came from."""
    def __init__(self, *args: NoReturn, **kwargs: NoReturn) -> None: ...
    @property
    def operation(self) -> str: ...
    @property
    def name(self) -> str: ...
    def __repr__(self) -> str: ...

class _Item:
    """One thing in the layout of a panel; made by the functions of this module."""
    def __init__(
        self,
        kind: str,
        caller: str,
        name: str = "",
        title: str = "",
        help: str = "",
        handler: Any = None,
        is_open: bool = True,
        items: tuple[Any, ...] = ...,
    ) -> None: ...
    def __repr__(self) -> str: ...

class _Addons:
    """The add-ons that there are, and what can be done with them. Those that are on are loaded first."""
    def get(self, id: str) -> Addon:
        """The add-on with this id."""
    @property
    def problems(self) -> list[str]:
        """What is wrong with whole folders in which add-ons are looked for, and with the file of what is on."""
    def enable(self, id: str) -> Addon:
        """Switch it on, now and at every start, until `disable`. Waits for its start, which Stop ends."""
    def disable(self, id: str) -> None:
        """Switch it off, now and for good: all that it has registered vanishes, and code of its that runs is stopped."""
    def reload(self, id: str) -> Addon:
        """Switch it off and on again, with its files as they are now. Raises AddonError as `enable` does."""
    def watch(self, id: str, on: bool = True) -> None:
        """Reload it whenever its files change, in this program and in every window, until it is watched no more."""
    def install(self, source: FilePath, upgrade: bool = False) -> Addon:
        """Copy an add-on from a folder, a zip file or a single .py file into the person's own folder. It stays off."""
    def remove(self, id: str) -> None:
        """Switch off an add-on that was installed, and delete its files."""
    def add_folder(self, folder: FilePath) -> None:
        """Look for add-ons in this folder too, or the folder itself is one; kept until `remove_folder`."""
    def remove_folder(self, folder: FilePath) -> None:
        """No longer look for add-ons there. Those that are on stay on until the next start."""
    def trial(self, path: FilePath) -> AbstractContextManager[Addon]:
        """Have the add-on in this folder or file on for the time of a `with` block: for its tests. Nothing is kept."""
    def list(self) -> list[Addon]:
        """All add-ons that are found, those that are off or broken too, by their ids."""
    def __repr__(self) -> str: ...

class _App:
    """The running program."""
    @property
    def has_window(self) -> bool:
        """Whether there is a window; without one the same script runs headless."""
    def __repr__(self) -> str: ...

class _BatchResult:
    """How many files there are, how many were done now and before, and what failed."""
    total: int
    done: int
    done_before: int
    failed: int
    seconds: float
    rows: int
    failures: list[dict[str, Any]]
    planned: list[tuple[str, str | None]]
    def __init__(self) -> None: ...
    def __repr__(self) -> str: ...

class _Data:
    """What the document holds."""
    images: _Images
    scripts: _Scripts
    def __init__(self) -> None: ...
    def __repr__(self) -> str: ...

class _Operations:
    """Operations on the current image of the document, each one an undo step: `tt.ops.gaussblur(sigma=2)`."""
    def CMC2LCh(self, *, image: Image | str | None = None) -> Image:
        """CMC to LCh."""
    def CMYK2XYZ(self, *, image: Image | str | None = None) -> Image:
        """CMYK to XYZ."""
    def HSV2sRGB(self, *, image: Image | str | None = None) -> Image:
        """HSV to sRGB."""
    def LCh2CMC(self, *, image: Image | str | None = None) -> Image:
        """LCh to CMC."""
    def LCh2Lab(self, *, image: Image | str | None = None) -> Image:
        """LCh to Lab."""
    def Lab2LCh(self, *, image: Image | str | None = None) -> Image:
        """Lab to LCh."""
    def Lab2LabQ(self, *, image: Image | str | None = None) -> Image:
        """Transform float Lab to LabQ coding."""
    def Lab2LabS(self, *, image: Image | str | None = None) -> Image:
        """Lab to 16 bits."""
    def Lab2XYZ(self, *, temp: Numeric | None = None, image: Image | str | None = None) -> Image:
        """Lab to XYZ."""
    def LabQ2Lab(self, *, image: Image | str | None = None) -> Image:
        """Unpack a LabQ image to float Lab."""
    def LabQ2LabS(self, *, image: Image | str | None = None) -> Image:
        """Unpack a LabQ image to short Lab."""
    def LabQ2sRGB(self, *, image: Image | str | None = None) -> Image:
        """Convert a LabQ image to sRGB."""
    def LabS2Lab(self, *, image: Image | str | None = None) -> Image:
        """Lab from 16 bits."""
    def LabS2LabQ(self, *, image: Image | str | None = None) -> Image:
        """Transform short Lab to LabQ coding."""
    def XYZ2CMYK(self, *, image: Image | str | None = None) -> Image:
        """XYZ to CMYK."""
    def XYZ2Lab(self, *, temp: Numeric | None = None, image: Image | str | None = None) -> Image:
        """XYZ to Lab."""
    def XYZ2Yxy(self, *, image: Image | str | None = None) -> Image:
        """XYZ to Yxy."""
    def XYZ2scRGB(self, *, image: Image | str | None = None) -> Image:
        """XYZ to linear RGB."""
    def Yxy2XYZ(self, *, image: Image | str | None = None) -> Image:
        """Yxy to XYZ."""
    def abs(self, *, image: Image | str | None = None) -> Image:
        """Absolute value."""
    def adaptive_threshold(
        self,
        *,
        radius: int = 15,
        offset: float = 0.0,
        method: _AdaptiveMethod = "mean",
        image: Image | str | None = None,
    ) -> Image:
        """Threshold by surroundings."""
    def add(self, right: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Add."""
    def affine(
        self,
        matrix: Numeric,
        *,
        interpolate: _Interpolate = "bilinear",
        oarea: WholeNumbers | None = None,
        background: Numeric = ...,
        extend: _Extend = "background",
        odx: float = 0.0,
        ody: float = 0.0,
        idx: float = 0.0,
        idy: float = 0.0,
        premultiplied: bool = False,
        image: Image | str | None = None,
    ) -> Image:
        """Affine transform."""
    def arrayjoin(
        self,
        __in: ImageLike | Sequence[ImageLike],
        *,
        across: int | None = None,
        shim: int = 0,
        background: Numeric = ...,
        halign: _Align = "low",
        valign: _Align = "low",
        hspacing: int | None = None,
        vspacing: int | None = None,
    ) -> Image:
        """Join in a grid."""
    @overload
    def autorot(
        self,
        *,
        angle: Literal[False] = False,
        flip: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Image:
        """Rotate upright."""
    @overload
    def autorot(
        self,
        *,
        angle: Literal[True],
        flip: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Image, _AutorotFound]: ...
    @overload
    def autorot(
        self,
        *,
        angle: bool = False,
        flip: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _AutorotFound]: ...
    def avg(self, *, image: Image | str | None = None) -> Number:
        """Mean."""
    def bandbool(self, boolean: Literal["and", "or", "eor"], *, image: Image | str | None = None) -> Image:
        """Logic of the bands."""
    def bandfold(self, *, factor: int = 0, image: Image | str | None = None) -> Image:
        """Fold columns into bands."""
    def bandjoin(self, __in: ImageLike | Sequence[ImageLike]) -> Image:
        """Join bands."""
    def bandjoin_const(self, c: Numeric, *, image: Image | str | None = None) -> Image:
        """Add a constant band."""
    def bandmean(self, *, image: Image | str | None = None) -> Image:
        """Mean of the bands."""
    def bandrank(self, __in: ImageLike | Sequence[ImageLike], *, index: int = -1) -> Image:
        """Rank of images."""
    def bandunfold(self, *, factor: int = 0, image: Image | str | None = None) -> Image:
        """Unfold bands into columns."""
    def bilateral(
        self,
        sigma: float,
        tolerance: float,
        *,
        radius: int | None = None,
        image: Image | str | None = None,
    ) -> Image:
        """Smooth and keep edges (bilateral)."""
    def black(self, width: int, height: int, *, bands: int = 1) -> Image:
        """Black image."""
    def black_tophat(
        self,
        *,
        radius: int = 1,
        vradius: int | None = None,
        shape: _Shape = "disc",
        image: Image | str | None = None,
    ) -> Image:
        """Top-hat, dark."""
    def boolean(self, right: ImageLike | str, boolean: _OperationBoolean, *, image: Image | str | None = None) -> Image:
        """Logic of two images."""
    def boolean_const(self, boolean: _OperationBoolean, c: Numeric, *, image: Image | str | None = None) -> Image:
        """Logic with a number."""
    def boxblur(self, *, radius: int = 1, vradius: int | None = None, image: Image | str | None = None) -> Image:
        """Box blur."""
    def buildlut(self, *, image: Image | str | None = None) -> Image:
        """Table from points."""
    def byteswap(self, *, image: Image | str | None = None) -> Image:
        """Byteswap an image."""
    def cache(
        self,
        *,
        max_tiles: int = 250,
        tile_height: int = 128,
        tile_width: int = 128,
        image: Image | str | None = None,
    ) -> Image:
        """Cache an image."""
    def canny(self, *, sigma: float = 1.4, precision: _Precision = "float", image: Image | str | None = None) -> Image:
        """Edges (Canny)."""
    def canny_edges(
        self,
        *,
        low: float = 50.0,
        high: float = 100.0,
        euclidean: bool = False,
        image: Image | str | None = None,
    ) -> Image:
        """Edges by two thresholds (Canny)."""
    def case(self, cases: ImageLike | Sequence[ImageLike], *, image: Image | str | None = None) -> Image:
        """Choose among images."""
    def cast(self, format: _BandFormat, *, shift: bool = False, image: Image | str | None = None) -> Image:
        """Change number format."""
    def clahe(self, *, clip: float = 3.0, across: int = 8, down: int = 8, image: Image | str | None = None) -> Image:
        """Local contrast by fields (CLAHE)."""
    def clear_border(self, *, connectivity: _Connectivity = "8", image: Image | str | None = None) -> Image:
        """Remove objects at the edge."""
    def closing(
        self,
        *,
        radius: int = 1,
        vradius: int | None = None,
        shape: _Shape = "disc",
        image: Image | str | None = None,
    ) -> Image:
        """Close."""
    def colour_map(self, name: str, *, range: Numeric | None = None, image: Image | str | None = None) -> Image:
        """Colour map."""
    def colourspace(
        self,
        space: Literal["b-w", "srgb", "lab", "lch", "hsv", "cmyk", "xyz", "scrgb", "rgb16", "grey16", "yxy", "cmc", "labs", "labq"],
        *,
        source_space: _Interpretation | None = None,
        image: Image | str | None = None,
    ) -> Image:
        """Change colour space."""
    def compass(
        self,
        mask: ImageLike | str,
        *,
        times: int = 2,
        angle: _Angle45 = "d90",
        combine: _Combine = "max",
        precision: _Precision = "float",
        layers: int = 5,
        cluster: int = 1,
        image: Image | str | None = None,
    ) -> Image:
        """Convolve in all directions."""
    def complex(self, cmplx: _OperationComplex, *, image: Image | str | None = None) -> Image:
        """Complex function."""
    def complex2(self, right: ImageLike | str, cmplx: _OperationComplex2, *, image: Image | str | None = None) -> Image:
        """Complex function of two images."""
    def complexform(self, right: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Join real and imaginary part."""
    def complexget(self, get: _OperationComplexget, *, image: Image | str | None = None) -> Image:
        """Part of complex pixels."""
    def composite(
        self,
        __in: ImageLike | Sequence[ImageLike],
        mode: _BlendMode | Sequence[_BlendMode | int] | WholeNumbers,
        *,
        x: WholeNumbers | None = None,
        y: WholeNumbers | None = None,
        compositing_space: _Interpretation | None = None,
        premultiplied: bool = False,
    ) -> Image:
        """Blend several."""
    def composite2(
        self,
        overlay: ImageLike | str,
        mode: _BlendMode,
        *,
        x: int = 0,
        y: int = 0,
        compositing_space: _Interpretation | None = None,
        premultiplied: bool = False,
        image: Image | str | None = None,
    ) -> Image:
        """Blend."""
    def conv(
        self,
        mask: ImageLike | str,
        *,
        precision: _Precision = "float",
        layers: int = 5,
        cluster: int = 1,
        image: Image | str | None = None,
    ) -> Image:
        """Convolve."""
    def convf(self, mask: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Float convolution operation."""
    def convi(self, mask: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Int convolution operation."""
    def convsep(
        self,
        mask: ImageLike | str,
        *,
        precision: _Precision = "float",
        layers: int = 5,
        cluster: int = 1,
        image: Image | str | None = None,
    ) -> Image:
        """Convolve by rows and columns."""
    def copy(
        self,
        *,
        interpretation: _Interpretation | None = None,
        xres: float | None = None,
        yres: float | None = None,
        width: int | None = None,
        height: int | None = None,
        bands: int | None = None,
        format: _BandFormat | None = None,
        coding: _Coding | None = None,
        xoffset: int | None = None,
        yoffset: int | None = None,
        image: Image | str | None = None,
    ) -> Image:
        """Set image properties."""
    def countlines(self, direction: _Direction, *, image: Image | str | None = None) -> Number:
        """Count lines."""
    def crop(self, left: int, top: int, width: int, height: int, *, image: Image | str | None = None) -> Image:
        """Crop."""
    def dE00(self, right: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Colour difference (CIEDE2000)."""
    def dE76(self, right: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Colour difference (CIE 1976)."""
    def dECMC(self, right: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Colour difference (CMC)."""
    def deviate(self, *, image: Image | str | None = None) -> Number:
        """Standard deviation."""
    def dilate(
        self,
        *,
        radius: int = 1,
        vradius: int | None = None,
        shape: _Shape = "disc",
        image: Image | str | None = None,
    ) -> Image:
        """Dilate."""
    def distance_transform(self, *, metric: _Metric = "euclidean", image: Image | str | None = None) -> Image:
        """Distance from the background."""
    def divide(self, right: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Divide."""
    def draw_circle(
        self,
        ink: Numeric,
        cx: int,
        cy: int,
        radius: int,
        *,
        fill: bool = False,
        image: Image | str | None = None,
    ) -> Image:
        """Draw a circle."""
    @overload
    def draw_flood(
        self,
        ink: Numeric,
        x: int,
        y: int,
        *,
        test: ImageLike | str | None = None,
        equal: bool = False,
        left: Literal[False] = False,
        top: Literal[False] = False,
        width: Literal[False] = False,
        height: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Image:
        """Flood fill."""
    @overload
    def draw_flood(
        self,
        ink: Numeric,
        x: int,
        y: int,
        *,
        test: ImageLike | str | None = None,
        equal: bool = False,
        left: Literal[True],
        top: bool = False,
        width: bool = False,
        height: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Image, _DrawFloodFound]: ...
    @overload
    def draw_flood(
        self,
        ink: Numeric,
        x: int,
        y: int,
        *,
        test: ImageLike | str | None = None,
        equal: bool = False,
        left: bool = False,
        top: Literal[True],
        width: bool = False,
        height: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Image, _DrawFloodFound]: ...
    @overload
    def draw_flood(
        self,
        ink: Numeric,
        x: int,
        y: int,
        *,
        test: ImageLike | str | None = None,
        equal: bool = False,
        left: bool = False,
        top: bool = False,
        width: Literal[True],
        height: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Image, _DrawFloodFound]: ...
    @overload
    def draw_flood(
        self,
        ink: Numeric,
        x: int,
        y: int,
        *,
        test: ImageLike | str | None = None,
        equal: bool = False,
        left: bool = False,
        top: bool = False,
        width: bool = False,
        height: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _DrawFloodFound]: ...
    def draw_image(
        self,
        sub: ImageLike | str,
        x: int,
        y: int,
        *,
        mode: _CombineMode = "set",
        image: Image | str | None = None,
    ) -> Image:
        """Paint an image."""
    def draw_line(self, ink: Numeric, x1: int, y1: int, x2: int, y2: int, *, image: Image | str | None = None) -> Image:
        """Draw a line."""
    def draw_mask(
        self,
        ink: Numeric,
        mask: ImageLike | str,
        x: int,
        y: int,
        *,
        image: Image | str | None = None,
    ) -> Image:
        """Paint through a mask."""
    def draw_rect(
        self,
        ink: Numeric,
        left: int,
        top: int,
        width: int,
        height: int,
        *,
        fill: bool = False,
        image: Image | str | None = None,
    ) -> Image:
        """Draw a rectangle."""
    def draw_smudge(self, left: int, top: int, width: int, height: int, *, image: Image | str | None = None) -> Image:
        """Smudge a rectangle."""
    def embed(
        self,
        x: int,
        y: int,
        width: int,
        height: int,
        *,
        extend: _Extend | None = None,
        background: Numeric = ...,
        image: Image | str | None = None,
    ) -> Image:
        """Extend the canvas."""
    def erode(
        self,
        *,
        radius: int = 1,
        vradius: int | None = None,
        shape: _Shape = "disc",
        image: Image | str | None = None,
    ) -> Image:
        """Erode."""
    def extract_area(self, left: int, top: int, width: int, height: int, *, image: Image | str | None = None) -> Image:
        """Extract an area from an image."""
    def extract_band(self, band: int, *, n: int = 1, image: Image | str | None = None) -> Image:
        """Take a band."""
    def eye(self, width: int, height: int, *, uchar: bool = False, factor: float = 0.5) -> Image:
        """Contrast test chart."""
    def falsecolour(self, *, image: Image | str | None = None) -> Image:
        """False colour."""
    def fastcor(self, ref: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Difference from a template."""
    def fill_holes(self, *, connectivity: _Connectivity = "8", image: Image | str | None = None) -> Image:
        """Fill holes."""
    @overload
    def fill_nearest(self, *, distance: Literal[False] = False, image: Image | str | None = None) -> Image:
        """Fill from the nearest."""
    @overload
    def fill_nearest(
        self,
        *,
        distance: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _FillNearestFound]: ...
    @overload
    def find_circles(
        self,
        *,
        min_radius: int = 5,
        max_radius: int = 50,
        distance: float = 20.0,
        edge: float = 100.0,
        votes: float = 30.0,
        most: int = 1000,
        count: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Image:
        """Find circles."""
    @overload
    def find_circles(
        self,
        *,
        min_radius: int = 5,
        max_radius: int = 50,
        distance: float = 20.0,
        edge: float = 100.0,
        votes: float = 30.0,
        most: int = 1000,
        count: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _FindCirclesFound]: ...
    @overload
    def find_lines(
        self,
        *,
        votes: int = 100,
        distance: float = 1.0,
        angle: float = 1.0,
        most: int = 1000,
        count: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Image:
        """Find lines."""
    @overload
    def find_lines(
        self,
        *,
        votes: int = 100,
        distance: float = 1.0,
        angle: float = 1.0,
        most: int = 1000,
        count: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _FindLinesFound]: ...
    @overload
    def find_segments(
        self,
        *,
        votes: int = 50,
        length: float = 50.0,
        gap: float = 5.0,
        most: int = 1000,
        count: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Image:
        """Find pieces of lines."""
    @overload
    def find_segments(
        self,
        *,
        votes: int = 50,
        length: float = 50.0,
        gap: float = 5.0,
        most: int = 1000,
        count: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _FindSegmentsFound]: ...
    def find_skew(self, *, most: float = 10.0, image: Image | str | None = None) -> Number:
        """Find the skew."""
    def find_template(
        self,
        ref: ImageLike | str,
        *,
        method: _Likeness = "coefficient",
        image: Image | str | None = None,
    ) -> tuple[Integer, Integer, Number]:
        """Find a template."""
    def find_trim(
        self,
        *,
        threshold: float = 10.0,
        background: Numeric | None = None,
        image: Image | str | None = None,
    ) -> tuple[Integer, Integer, Integer, Integer]:
        """Find the borders."""
    def flatten(
        self,
        *,
        background: Numeric = ...,
        max_alpha: float | None = None,
        image: Image | str | None = None,
    ) -> Image:
        """Remove transparency."""
    def flip(self, direction: _Direction, *, image: Image | str | None = None) -> Image:
        """Flip."""
    def float2rad(self, *, image: Image | str | None = None) -> Image:
        """Transform float RGB to Radiance coding."""
    def freqmult(self, mask: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Filter frequencies."""
    def fwfft(self, *, image: Image | str | None = None) -> Image:
        """Fourier transform."""
    def gamma(self, *, exponent: float = 0.4166666666666667, image: Image | str | None = None) -> Image:
        """Gamma."""
    def gaussblur(
        self,
        sigma: float,
        *,
        min_ampl: float = 0.001,
        precision: _Precision = "float",
        image: Image | str | None = None,
    ) -> Image:
        """Gaussian blur."""
    def gaussmat(
        self,
        sigma: float,
        min_ampl: float,
        *,
        separable: bool = False,
        precision: _Precision = "integer",
    ) -> Image:
        """Gaussian mask."""
    def gaussnoise(self, width: int, height: int, *, sigma: float = 30.0, mean: float = 128.0, seed: int = 0) -> Image:
        """Gaussian noise."""
    def getpoint(self, x: int, y: int, *, image: Image | str | None = None) -> Numbers:
        """Value of a pixel."""
    def globalbalance(self, *, gamma: float = 1.6, int_output: bool = False, image: Image | str | None = None) -> Image:
        """Global balance an image mosaic."""
    def gravity(
        self,
        direction: _CompassDirection,
        width: int,
        height: int,
        *,
        extend: _Extend | None = None,
        background: Numeric = ...,
        image: Image | str | None = None,
    ) -> Image:
        """Place on a canvas."""
    def grey(self, width: int, height: int, *, uchar: bool = False) -> Image:
        """Grey ramp."""
    def grid(self, tile_height: int, across: int, down: int, *, image: Image | str | None = None) -> Image:
        """Fold into a grid."""
    def hist_cum(self, *, image: Image | str | None = None) -> Image:
        """Cumulative histogram."""
    def hist_entropy(self, *, image: Image | str | None = None) -> Number:
        """Entropy."""
    def hist_equal(self, *, band: int = -1, image: Image | str | None = None) -> Image:
        """Equalise."""
    def hist_find(self, *, band: int = -1, image: Image | str | None = None) -> Image:
        """Histogram."""
    def hist_find_indexed(
        self,
        index: ImageLike | str,
        *,
        combine: _Combine = "sum",
        image: Image | str | None = None,
    ) -> Image:
        """Sums by label."""
    def hist_find_ndim(self, *, bins: int = 10, image: Image | str | None = None) -> Image:
        """Histogram of colours."""
    def hist_ismonotonic(self, *, image: Image | str | None = None) -> bool:
        """Is a table rising?."""
    def hist_local(self, width: int, height: int, *, max_slope: int = 0, image: Image | str | None = None) -> Image:
        """Local contrast (sliding window)."""
    def hist_match(self, ref: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Match histograms."""
    def hist_norm(self, *, image: Image | str | None = None) -> Image:
        """Normalise a histogram."""
    def hist_plot(self, *, image: Image | str | None = None) -> Image:
        """Plot a histogram."""
    def hough_circle(
        self,
        *,
        scale: int = 1,
        min_radius: int = 10,
        max_radius: int = 20,
        image: Image | str | None = None,
    ) -> Image:
        """Circles (Hough space)."""
    def hough_line(self, *, width: int = 256, height: int = 256, image: Image | str | None = None) -> Image:
        """Lines (Hough space)."""
    def icc_export(
        self,
        *,
        pcs: _PCS = "lab",
        intent: _Intent = "relative",
        black_point_compensation: bool = False,
        output_profile: str | None = None,
        depth: int = 8,
        image: Image | str | None = None,
    ) -> Image:
        """To device colours by profile."""
    def icc_import(
        self,
        *,
        pcs: _PCS = "lab",
        intent: _Intent = "relative",
        black_point_compensation: bool = False,
        embedded: bool = False,
        input_profile: str | None = None,
        image: Image | str | None = None,
    ) -> Image:
        """From device colours by profile."""
    def icc_transform(
        self,
        output_profile: str,
        *,
        pcs: _PCS = "lab",
        intent: _Intent = "relative",
        black_point_compensation: bool = False,
        embedded: bool = True,
        input_profile: str | None = None,
        depth: int = 8,
        image: Image | str | None = None,
    ) -> Image:
        """Convert to ICC profile."""
    def identity(self, *, bands: int = 1, ushort: bool = False, size: int = 65536) -> Image:
        """Identity table."""
    def ifthenelse(
        self,
        in1: ImageLike | str,
        in2: ImageLike | str,
        *,
        blend: bool = False,
        image: Image | str | None = None,
    ) -> Image:
        """Choose by a mask."""
    def insert(
        self,
        sub: ImageLike | str,
        x: int,
        y: int,
        *,
        expand: bool = False,
        background: Numeric = ...,
        image: Image | str | None = None,
    ) -> Image:
        """Insert."""
    def invert(self, *, image: Image | str | None = None) -> Image:
        """Invert."""
    def invertlut(self, *, size: int = 256, image: Image | str | None = None) -> Image:
        """Inverted table from measurements."""
    def invfft(self, *, real: bool = True, image: Image | str | None = None) -> Image:
        """Inverse Fourier transform."""
    def join(
        self,
        in2: ImageLike | str,
        direction: _Direction,
        *,
        expand: bool = False,
        shim: int = 0,
        background: Numeric = ...,
        align: _Align = "low",
        image: Image | str | None = None,
    ) -> Image:
        """Join."""
    @overload
    def label(
        self,
        *,
        connectivity: _Connectivity = "8",
        count: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Image:
        """Label objects."""
    @overload
    def label(
        self,
        *,
        connectivity: _Connectivity = "8",
        count: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _LabelFound]: ...
    @overload
    def labelregions(self, *, segments: Literal[False] = False, image: Image | str | None = None) -> Image:
        """Label regions in an image."""
    @overload
    def labelregions(
        self,
        *,
        segments: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _LabelregionsFound]: ...
    def laplacian(self, *, image: Image | str | None = None) -> Image:
        """Laplacian."""
    def linear(self, a: Numeric, b: Numeric, *, uchar: bool = False, image: Image | str | None = None) -> Image:
        """Brightness and contrast."""
    def linecache(
        self,
        *,
        tile_height: int = 128,
        access: _Access = "random",
        threaded: bool = False,
        persistent: bool = False,
        image: Image | str | None = None,
    ) -> Image:
        """Cache an image as a set of lines."""
    def logmat(
        self,
        sigma: float,
        min_ampl: float,
        *,
        separable: bool = False,
        precision: _Precision = "integer",
    ) -> Image:
        """Laplacian of Gaussian mask."""
    def mapim(
        self,
        index: ImageLike | str,
        *,
        interpolate: _Interpolate = "bilinear",
        background: Numeric = ...,
        extend: _Extend = "background",
        premultiplied: bool = False,
        image: Image | str | None = None,
    ) -> Image:
        """Warp by a map."""
    def maplut(self, lut: ImageLike | str, *, band: int = -1, image: Image | str | None = None) -> Image:
        """Apply a lookup table."""
    def mask_butterworth(
        self,
        width: int,
        height: int,
        order: float,
        frequency_cutoff: float,
        amplitude_cutoff: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: pass, Butterworth."""
    def mask_butterworth_band(
        self,
        width: int,
        height: int,
        order: float,
        frequency_cutoff_x: float,
        frequency_cutoff_y: float,
        radius: float,
        amplitude_cutoff: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: spots, Butterworth."""
    def mask_butterworth_ring(
        self,
        width: int,
        height: int,
        order: float,
        frequency_cutoff: float,
        amplitude_cutoff: float,
        ringwidth: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: ring, Butterworth."""
    def mask_fractal(
        self,
        width: int,
        height: int,
        fractal_dimension: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: fractal."""
    def mask_gaussian(
        self,
        width: int,
        height: int,
        frequency_cutoff: float,
        amplitude_cutoff: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: pass, Gaussian."""
    def mask_gaussian_band(
        self,
        width: int,
        height: int,
        frequency_cutoff_x: float,
        frequency_cutoff_y: float,
        radius: float,
        amplitude_cutoff: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: spots, Gaussian."""
    def mask_gaussian_ring(
        self,
        width: int,
        height: int,
        frequency_cutoff: float,
        amplitude_cutoff: float,
        ringwidth: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: ring, Gaussian."""
    def mask_ideal(
        self,
        width: int,
        height: int,
        frequency_cutoff: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: pass, sharp."""
    def mask_ideal_band(
        self,
        width: int,
        height: int,
        frequency_cutoff_x: float,
        frequency_cutoff_y: float,
        radius: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: spots, sharp."""
    def mask_ideal_ring(
        self,
        width: int,
        height: int,
        frequency_cutoff: float,
        ringwidth: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: ring, sharp."""
    def match(
        self,
        sec: ImageLike | str,
        xr1: int,
        yr1: int,
        xs1: int,
        ys1: int,
        xr2: int,
        yr2: int,
        xs2: int,
        ys2: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        search: bool = False,
        interpolate: _Interpolate = "bilinear",
        image: Image | str | None = None,
    ) -> Image:
        """Register by two points."""
    def match_template(
        self,
        ref: ImageLike | str,
        *,
        method: _Likeness = "coefficient",
        image: Image | str | None = None,
    ) -> Image:
        """Match a template."""
    def math(self, math: _OperationMath, *, image: Image | str | None = None) -> Image:
        """Mathematical function."""
    def math2(self, right: ImageLike | str, math2: _OperationMath2, *, image: Image | str | None = None) -> Image:
        """Power of two images."""
    def math2_const(self, math2: _OperationMath2, c: Numeric, *, image: Image | str | None = None) -> Image:
        """Power."""
    def matrix(self, values: Numeric, width: int, *, scale: float = 1.0, offset: float = 0.0) -> Image:
        """Matrix of numbers."""
    def matrixinvert(self, *, image: Image | str | None = None) -> Image:
        """Invert a matrix."""
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: Literal[False] = False,
        y: Literal[False] = False,
        out_array: Literal[False] = False,
        x_array: Literal[False] = False,
        y_array: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Number:
        """Maximum."""
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: Literal[True],
        y: bool = False,
        out_array: bool = False,
        x_array: bool = False,
        y_array: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Number, _MaxFound]: ...
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: Literal[True],
        out_array: bool = False,
        x_array: bool = False,
        y_array: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Number, _MaxFound]: ...
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: Literal[True],
        x_array: bool = False,
        y_array: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Number, _MaxFound]: ...
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: bool = False,
        x_array: Literal[True],
        y_array: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Number, _MaxFound]: ...
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: bool = False,
        x_array: bool = False,
        y_array: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Number, _MaxFound]: ...
    def measure(
        self,
        h: int,
        v: int,
        *,
        left: int | None = None,
        top: int | None = None,
        width: int | None = None,
        height: int | None = None,
        image: Image | str | None = None,
    ) -> Image:
        """Colour chart."""
    def median(self, *, size: int = 3, image: Image | str | None = None) -> Image:
        """Median."""
    def merge(
        self,
        sec: ImageLike | str,
        direction: _Direction,
        dx: int,
        dy: int,
        *,
        mblend: int = 10,
        image: Image | str | None = None,
    ) -> Image:
        """Join with a seam."""
    def micrograph(
        self,
        *,
        width: int = 1024,
        height: int = 768,
        count: int = 60,
        seed: int = 0,
        noise: float = 5.0,
    ) -> Image:
        """Micrograph of cells."""
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: Literal[False] = False,
        y: Literal[False] = False,
        out_array: Literal[False] = False,
        x_array: Literal[False] = False,
        y_array: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Number:
        """Minimum."""
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: Literal[True],
        y: bool = False,
        out_array: bool = False,
        x_array: bool = False,
        y_array: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Number, _MinFound]: ...
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: Literal[True],
        out_array: bool = False,
        x_array: bool = False,
        y_array: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Number, _MinFound]: ...
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: Literal[True],
        x_array: bool = False,
        y_array: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Number, _MinFound]: ...
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: bool = False,
        x_array: Literal[True],
        y_array: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Number, _MinFound]: ...
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: bool = False,
        x_array: bool = False,
        y_array: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Number, _MinFound]: ...
    def morph(self, mask: ImageLike | str, morph: _OperationMorphology, *, image: Image | str | None = None) -> Image:
        """Erode or dilate by a mask."""
    def morph_gradient(
        self,
        *,
        radius: int = 1,
        vradius: int | None = None,
        shape: _Shape = "disc",
        image: Image | str | None = None,
    ) -> Image:
        """Outline (morphological gradient)."""
    @overload
    def mosaic(
        self,
        sec: ImageLike | str,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: Literal[False] = False,
        dy0: Literal[False] = False,
        scale1: Literal[False] = False,
        angle1: Literal[False] = False,
        dy1: Literal[False] = False,
        dx1: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Image:
        """Stitch."""
    @overload
    def mosaic(
        self,
        sec: ImageLike | str,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: Literal[True],
        dy0: bool = False,
        scale1: bool = False,
        angle1: bool = False,
        dy1: bool = False,
        dx1: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Image, _MosaicFound]: ...
    @overload
    def mosaic(
        self,
        sec: ImageLike | str,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: bool = False,
        dy0: Literal[True],
        scale1: bool = False,
        angle1: bool = False,
        dy1: bool = False,
        dx1: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Image, _MosaicFound]: ...
    @overload
    def mosaic(
        self,
        sec: ImageLike | str,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: bool = False,
        dy0: bool = False,
        scale1: Literal[True],
        angle1: bool = False,
        dy1: bool = False,
        dx1: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Image, _MosaicFound]: ...
    @overload
    def mosaic(
        self,
        sec: ImageLike | str,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: bool = False,
        dy0: bool = False,
        scale1: bool = False,
        angle1: Literal[True],
        dy1: bool = False,
        dx1: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Image, _MosaicFound]: ...
    @overload
    def mosaic(
        self,
        sec: ImageLike | str,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: bool = False,
        dy0: bool = False,
        scale1: bool = False,
        angle1: bool = False,
        dy1: Literal[True],
        dx1: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Image, _MosaicFound]: ...
    @overload
    def mosaic(
        self,
        sec: ImageLike | str,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: bool = False,
        dy0: bool = False,
        scale1: bool = False,
        angle1: bool = False,
        dy1: bool = False,
        dx1: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _MosaicFound]: ...
    def mosaic1(
        self,
        sec: ImageLike | str,
        direction: _Direction,
        xr1: int,
        yr1: int,
        xs1: int,
        ys1: int,
        xr2: int,
        yr2: int,
        xs2: int,
        ys2: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        search: bool = False,
        interpolate: _Interpolate = "bilinear",
        mblend: int = 10,
        image: Image | str | None = None,
    ) -> Image:
        """Stitch with rotation and scale."""
    def msb(self, *, band: int | None = None, image: Image | str | None = None) -> Image:
        """Pick most significant byte from an image."""
    def multiply(self, right: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Multiply."""
    def opening(
        self,
        *,
        radius: int = 1,
        vradius: int | None = None,
        shape: _Shape = "disc",
        image: Image | str | None = None,
    ) -> Image:
        """Open."""
    def otsu(self, *, image: Image | str | None = None) -> Number:
        """Find a threshold (Otsu)."""
    def percent(self, percent: float, *, image: Image | str | None = None) -> Integer:
        """Find a threshold by share."""
    def perlin(self, width: int, height: int, *, cell_size: int = 64, uchar: bool = False, seed: int = 0) -> Image:
        """Perlin noise."""
    def perspective(
        self,
        corners: Numeric,
        *,
        width: int = 0,
        height: int = 0,
        image: Image | str | None = None,
    ) -> Image:
        """Straighten perspective."""
    def phasecor(self, in2: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Phase correlation."""
    def premultiply(self, *, max_alpha: float | None = None, image: Image | str | None = None) -> Image:
        """Premultiply alpha."""
    def prewitt(self, *, image: Image | str | None = None) -> Image:
        """Edges (Prewitt)."""
    def profile(self, *, image: Image | str | None = None) -> tuple[Image, Image]:
        """Outlines."""
    def profile_load(self, name: str) -> bytes:
        """Load named ICC profile."""
    def project(self, *, image: Image | str | None = None) -> tuple[Image, Image]:
        """Projections."""
    def quadratic(
        self,
        coeff: ImageLike | str,
        *,
        interpolate: _Interpolate = "bilinear",
        image: Image | str | None = None,
    ) -> Image:
        """Warp by a polynomial."""
    def rad2float(self, *, image: Image | str | None = None) -> Image:
        """Unpack Radiance coding to float RGB."""
    def rank(self, width: int, height: int, index: int, *, image: Image | str | None = None) -> Image:
        """Rank."""
    def recomb(self, m: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Mix bands by a matrix."""
    def reduce(
        self,
        hshrink: float,
        vshrink: float,
        *,
        kernel: _Kernel = "lanczos3",
        gap: float = 0.0,
        image: Image | str | None = None,
    ) -> Image:
        """Reduce."""
    def reduceh(
        self,
        hshrink: float,
        *,
        kernel: _Kernel = "lanczos3",
        gap: float = 0.0,
        image: Image | str | None = None,
    ) -> Image:
        """Shrink an image horizontally."""
    def reducev(
        self,
        vshrink: float,
        *,
        kernel: _Kernel = "lanczos3",
        gap: float = 0.0,
        image: Image | str | None = None,
    ) -> Image:
        """Shrink an image vertically."""
    def relational(
        self,
        right: ImageLike | str,
        relational: _OperationRelational,
        *,
        image: Image | str | None = None,
    ) -> Image:
        """Compare images."""
    def relational_const(
        self,
        relational: _OperationRelational,
        c: Numeric,
        *,
        image: Image | str | None = None,
    ) -> Image:
        """Compare with a number."""
    def remainder(self, right: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Remainder of two images."""
    def remainder_const(self, c: Numeric, *, image: Image | str | None = None) -> Image:
        """Remainder."""
    def remove_field(self, field: str, *, image: Image | str | None = None) -> Image:
        """Remove a field of the metadata."""
    def remove_small_objects(
        self,
        *,
        size: int = 64,
        connectivity: _Connectivity = "8",
        image: Image | str | None = None,
    ) -> Image:
        """Remove small objects."""
    def replicate(self, across: int, down: int, *, image: Image | str | None = None) -> Image:
        """Tile."""
    def resize(
        self,
        scale: float,
        *,
        kernel: _Kernel = "lanczos3",
        vscale: float | None = None,
        gap: float = 2.0,
        image: Image | str | None = None,
    ) -> Image:
        """Resize."""
    def rot(self, angle: _Angle, *, image: Image | str | None = None) -> Image:
        """Rotate by quarter turns."""
    def rot45(self, *, angle: _Angle45 = "d45", image: Image | str | None = None) -> Image:
        """Rotate a square by eighth turns."""
    def rotate(
        self,
        angle: float,
        *,
        interpolate: _Interpolate = "bilinear",
        background: Numeric = ...,
        odx: float = 0.0,
        ody: float = 0.0,
        idx: float = 0.0,
        idy: float = 0.0,
        image: Image | str | None = None,
    ) -> Image:
        """Rotate by any angle."""
    def round(self, round: _OperationRound, *, image: Image | str | None = None) -> Image:
        """Round."""
    def sRGB2HSV(self, *, image: Image | str | None = None) -> Image:
        """sRGB to HSV."""
    def sRGB2scRGB(self, *, image: Image | str | None = None) -> Image:
        """sRGB to linear RGB."""
    def scRGB2BW(self, *, depth: int = 8, image: Image | str | None = None) -> Image:
        """Linear RGB to grey."""
    def scRGB2XYZ(self, *, image: Image | str | None = None) -> Image:
        """Linear RGB to XYZ."""
    def scRGB2sRGB(self, *, depth: int = 8, image: Image | str | None = None) -> Image:
        """Linear RGB to sRGB."""
    def scale(self, *, exp: float = 0.25, log: bool = False, image: Image | str | None = None) -> Image:
        """Stretch to 8 bits."""
    def scharr(self, *, image: Image | str | None = None) -> Image:
        """Edges (Scharr)."""
    def sequential(self, *, tile_height: int = 1, image: Image | str | None = None) -> Image:
        """Check sequential access."""
    def set_field(
        self,
        field: str,
        type: str,
        *,
        numbers: Numeric | None = None,
        text: str | None = None,
        data: Memory | None = None,
        image: Image | str | None = None,
    ) -> Image:
        """Set a field of the metadata."""
    def sharpen(
        self,
        *,
        sigma: float = 0.5,
        x1: float = 2.0,
        y2: float = 10.0,
        y3: float = 20.0,
        m1: float = 0.0,
        m2: float = 3.0,
        image: Image | str | None = None,
    ) -> Image:
        """Sharpen."""
    def shrink(self, hshrink: float, vshrink: float, *, ceil: bool = False, image: Image | str | None = None) -> Image:
        """Average pixels."""
    def shrinkh(self, hshrink: int, *, ceil: bool = False, image: Image | str | None = None) -> Image:
        """Shrink an image horizontally."""
    def shrinkv(self, vshrink: int, *, ceil: bool = False, image: Image | str | None = None) -> Image:
        """Shrink an image vertically."""
    def sign(self, *, image: Image | str | None = None) -> Image:
        """Sign."""
    def similarity(
        self,
        *,
        scale: float = 1.0,
        angle: float = 0.0,
        interpolate: _Interpolate = "bilinear",
        background: Numeric = ...,
        odx: float = 0.0,
        ody: float = 0.0,
        idx: float = 0.0,
        idy: float = 0.0,
        image: Image | str | None = None,
    ) -> Image:
        """Rotate and scale."""
    def sines(self, width: int, height: int, *, uchar: bool = False, hfreq: float = 0.5, vfreq: float = 0.5) -> Image:
        """Sine waves."""
    @overload
    def smartcrop(
        self,
        width: int,
        height: int,
        *,
        interesting: _Interesting = "attention",
        attention_x: Literal[False] = False,
        attention_y: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Image:
        """Crop to what matters."""
    @overload
    def smartcrop(
        self,
        width: int,
        height: int,
        *,
        interesting: _Interesting = "attention",
        attention_x: Literal[True],
        attention_y: bool = False,
        image: Image | str | None = None,
    ) -> tuple[Image, _SmartcropFound]: ...
    @overload
    def smartcrop(
        self,
        width: int,
        height: int,
        *,
        interesting: _Interesting = "attention",
        attention_x: bool = False,
        attention_y: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _SmartcropFound]: ...
    def sobel(self, *, image: Image | str | None = None) -> Image:
        """Edges (Sobel)."""
    def spcor(self, ref: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Correlation with a template."""
    def spectrum(self, *, image: Image | str | None = None) -> Image:
        """Power spectrum."""
    @overload
    def split_objects(
        self,
        *,
        depth: float = 1.0,
        connectivity: _Connectivity = "8",
        count: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Image:
        """Split touching objects."""
    @overload
    def split_objects(
        self,
        *,
        depth: float = 1.0,
        connectivity: _Connectivity = "8",
        count: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _SplitObjectsFound]: ...
    def stats(self, *, image: Image | str | None = None) -> Image:
        """Statistics."""
    def stdif(
        self,
        width: int,
        height: int,
        *,
        s0: float = 50.0,
        b: float = 0.5,
        m0: float = 128.0,
        a: float = 0.5,
        image: Image | str | None = None,
    ) -> Image:
        """Local brightness and deviation."""
    def subsample(self, xfac: int, yfac: int, *, point: bool = False, image: Image | str | None = None) -> Image:
        """Skip pixels."""
    def subtract(self, right: ImageLike | str, *, image: Image | str | None = None) -> Image:
        """Subtract."""
    def sum(self, __in: ImageLike | Sequence[ImageLike]) -> Image:
        """Sum of images."""
    def switch(self, tests: ImageLike | Sequence[ImageLike]) -> Image:
        """First test that holds."""
    @overload
    def text(
        self,
        text: str,
        *,
        font: str | None = None,
        width: int | None = None,
        height: int | None = None,
        align: _Align = "low",
        justify: bool = False,
        dpi: int | None = None,
        spacing: int = 0,
        fontfile: str | None = None,
        rgba: bool = False,
        wrap: _TextWrap = "word",
        autofit_dpi: Literal[False] = False,
    ) -> Image:
        """Text."""
    @overload
    def text(
        self,
        text: str,
        *,
        font: str | None = None,
        width: int | None = None,
        height: int | None = None,
        align: _Align = "low",
        justify: bool = False,
        dpi: int | None = None,
        spacing: int = 0,
        fontfile: str | None = None,
        rgba: bool = False,
        wrap: _TextWrap = "word",
        autofit_dpi: Literal[True],
    ) -> tuple[Image, _TextFound]: ...
    @overload
    def threshold(
        self,
        *,
        method: _ThresholdMethod = "otsu",
        level: float = 128.0,
        found: Literal[False] = False,
        image: Image | str | None = None,
    ) -> Image:
        """Threshold."""
    @overload
    def threshold(
        self,
        *,
        method: _ThresholdMethod = "otsu",
        level: float = 128.0,
        found: Literal[True],
        image: Image | str | None = None,
    ) -> tuple[Image, _ThresholdFound]: ...
    def thumbnail(
        self,
        filename: str,
        width: int,
        *,
        height: int | None = None,
        size: _Size = "both",
        no_rotate: bool = False,
        crop: _Interesting = "none",
        linear: bool = False,
        import_profile: str | None = None,
        export_profile: str | None = None,
        intent: _Intent = "relative",
        fail_on: _FailOn = "none",
    ) -> Image:
        """Generate thumbnail from file."""
    def thumbnail_buffer(
        self,
        buffer: Memory,
        width: int,
        *,
        option_string: str | None = None,
        height: int | None = None,
        size: _Size = "both",
        no_rotate: bool = False,
        crop: _Interesting = "none",
        linear: bool = False,
        import_profile: str | None = None,
        export_profile: str | None = None,
        intent: _Intent = "relative",
        fail_on: _FailOn = "none",
    ) -> Image:
        """Generate thumbnail from buffer."""
    def thumbnail_image(
        self,
        width: int,
        *,
        height: int | None = None,
        size: _Size = "both",
        no_rotate: bool = False,
        crop: _Interesting = "none",
        linear: bool = False,
        import_profile: str | None = None,
        export_profile: str | None = None,
        intent: _Intent = "relative",
        fail_on: _FailOn = "none",
        image: Image | str | None = None,
    ) -> Image:
        """Fit into a size."""
    def tilecache(
        self,
        *,
        tile_width: int = 128,
        tile_height: int = 128,
        max_tiles: int = 1000,
        access: _Access = "random",
        threaded: bool = False,
        persistent: bool = False,
        image: Image | str | None = None,
    ) -> Image:
        """Cache an image as a set of tiles."""
    def tonelut(
        self,
        *,
        in_max: int | None = None,
        out_max: int | None = None,
        Lb: float = 0.0,
        Lw: float = 100.0,
        Ps: float = 0.2,
        Pm: float = 0.5,
        Ph: float = 0.8,
        S: float = 0.0,
        M: float = 0.0,
        H: float = 0.0,
    ) -> Image:
        """Tone curve."""
    def transpose3d(self, *, page_height: int | None = None, image: Image | str | None = None) -> Image:
        """Swap pages and rows."""
    def triangle(self, *, image: Image | str | None = None) -> Number:
        """Find a threshold (triangle)."""
    def unpremultiply(
        self,
        *,
        max_alpha: float | None = None,
        alpha_band: int | None = None,
        image: Image | str | None = None,
    ) -> Image:
        """Unpremultiply alpha."""
    def watershed(
        self,
        markers: ImageLike | str,
        *,
        mask: ImageLike | str | None = None,
        connectivity: _Connectivity = "8",
        image: Image | str | None = None,
    ) -> Image:
        """Watershed from markers."""
    def white_tophat(
        self,
        *,
        radius: int = 1,
        vradius: int | None = None,
        shape: _Shape = "disc",
        image: Image | str | None = None,
    ) -> Image:
        """Top-hat, bright."""
    def worley(self, width: int, height: int, *, cell_size: int = 64, seed: int = 0) -> Image:
        """Worley noise."""
    def wrap(self, *, x: int | None = None, y: int | None = None, image: Image | str | None = None) -> Image:
        """Wrap around."""
    def xyz(self, width: int, height: int, *, csize: int = 1, dsize: int = 1, esize: int = 1) -> Image:
        """Coordinates."""
    def zone(self, width: int, height: int, *, uchar: bool = False) -> Image:
        """Zone plate."""
    def zoom(self, xfac: int, yfac: int, *, image: Image | str | None = None) -> Image:
        """Repeat pixels."""

class _Project:
    """The document as a file: `.tint`, with recipes, names and scripts."""
    def open(self, path: FilePath) -> None:
        """Open a project in the place of what is open. Raises FileError or RecipeError, and then nothing changes."""
    def save(self, path: FilePath | None = None) -> None:
        """Write the project whole or not at all, to the file it came from when no path is given."""
    @property
    def path(self) -> str | None:
        """The file that it was opened from or saved to last, or None."""
    @property
    def is_modified(self) -> bool:
        """Whether something has changed since then."""
    def __repr__(self) -> str: ...

class _Timers:
    """Calls functions later, on threads of their own, so that one that takes long delays neither the window nor others."""
    def call_later(self, seconds: float, fn: Callable[..., object], *args: Any, **kwargs: Any) -> Timer:
        """Call `fn(*args, **kwargs)` once, after so many seconds. Any thread may ask for it."""
    def call_every(self, seconds: float, fn: Callable[..., object], *args: Any, **kwargs: Any) -> Timer:
        """Call `fn(*args, **kwargs)` every so many seconds, for the first time after that time, until it is cancelled."""
    def __repr__(self) -> str: ...

class _Ui:
    """The window, as far as scripts may speak to it."""
    def message(self, text: object) -> None:
        """Show a message; without a window print it, or with `--json` write it to the log."""
    def ask(self, question: object, default: Any = ...) -> Any:
        """The person's answer, a text, or None when they dismissed the question."""
    def show(self, name: str) -> None:
        """Put the image of this name on the canvas; without a window nothing is shown. Raises NotFoundError."""

class _Images(MutableMapping[str, Image]):
    """The open images by name, in the order of the list in the window. A new name is appended and becomes active."""
    def __getitem__(self, name: str) -> Image: ...
    def __setitem__(self, name: str, image: Image | Array) -> None: ...
    def __delitem__(self, name: str) -> None: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __contains__(self, name: object) -> bool: ...
    def rename(self, name: str, new_name: str) -> None:
        """Give an image another name; it keeps its place. Raises NotFoundError, or ParameterError when the name is taken."""
    def __repr__(self) -> str: ...

class _Scripts(MutableMapping[str, str]):
    """The scripts that are saved with the project: text by name."""
    def __getitem__(self, name: str) -> str: ...
    def __setitem__(self, name: str, text: str) -> None: ...
    def __delitem__(self, name: str) -> None: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...

class Access:
    RANDOM: Final = "random"
    SEQUENTIAL: Final = "sequential"
    SEQUENTIAL_UNBUFFERED: Final = "sequential-unbuffered"

class Align:
    LOW: Final = "low"
    CENTRE: Final = "centre"
    HIGH: Final = "high"

class Angle:
    D0: Final = "d0"
    D90: Final = "d90"
    D180: Final = "d180"
    D270: Final = "d270"

class Angle45:
    D0: Final = "d0"
    D45: Final = "d45"
    D90: Final = "d90"
    D135: Final = "d135"
    D180: Final = "d180"
    D225: Final = "d225"
    D270: Final = "d270"
    D315: Final = "d315"

class BandFormat:
    UCHAR: Final = "uchar"
    CHAR: Final = "char"
    USHORT: Final = "ushort"
    SHORT: Final = "short"
    UINT: Final = "uint"
    INT: Final = "int"
    FLOAT: Final = "float"
    COMPLEX: Final = "complex"
    DOUBLE: Final = "double"
    DPCOMPLEX: Final = "dpcomplex"

class BlendMode:
    CLEAR: Final = "clear"
    SOURCE: Final = "source"
    OVER: Final = "over"
    IN: Final = "in"
    OUT: Final = "out"
    ATOP: Final = "atop"
    DEST: Final = "dest"
    DEST_OVER: Final = "dest-over"
    DEST_IN: Final = "dest-in"
    DEST_OUT: Final = "dest-out"
    DEST_ATOP: Final = "dest-atop"
    XOR: Final = "xor"
    ADD: Final = "add"
    SATURATE: Final = "saturate"
    MULTIPLY: Final = "multiply"
    SCREEN: Final = "screen"
    OVERLAY: Final = "overlay"
    DARKEN: Final = "darken"
    LIGHTEN: Final = "lighten"
    COLOUR_DODGE: Final = "colour-dodge"
    COLOUR_BURN: Final = "colour-burn"
    HARD_LIGHT: Final = "hard-light"
    SOFT_LIGHT: Final = "soft-light"
    DIFFERENCE: Final = "difference"
    EXCLUSION: Final = "exclusion"

class Coding:
    NONE: Final = "none"
    LABQ: Final = "labq"
    RAD: Final = "rad"

class Combine:
    MAX: Final = "max"
    SUM: Final = "sum"
    MIN: Final = "min"

class CombineMode:
    SET: Final = "set"
    ADD: Final = "add"

class CompassDirection:
    CENTRE: Final = "centre"
    NORTH: Final = "north"
    EAST: Final = "east"
    SOUTH: Final = "south"
    WEST: Final = "west"
    NORTH_EAST: Final = "north-east"
    SOUTH_EAST: Final = "south-east"
    SOUTH_WEST: Final = "south-west"
    NORTH_WEST: Final = "north-west"

class Direction:
    HORIZONTAL: Final = "horizontal"
    VERTICAL: Final = "vertical"

class Extend:
    BLACK: Final = "black"
    COPY: Final = "copy"
    REPEAT: Final = "repeat"
    MIRROR: Final = "mirror"
    WHITE: Final = "white"
    BACKGROUND: Final = "background"

class FailOn:
    NONE: Final = "none"
    TRUNCATED: Final = "truncated"
    ERROR: Final = "error"
    WARNING: Final = "warning"

class Intent:
    PERCEPTUAL: Final = "perceptual"
    RELATIVE: Final = "relative"
    SATURATION: Final = "saturation"
    ABSOLUTE: Final = "absolute"

class Interesting:
    NONE: Final = "none"
    CENTRE: Final = "centre"
    ENTROPY: Final = "entropy"
    ATTENTION: Final = "attention"
    LOW: Final = "low"
    HIGH: Final = "high"
    ALL: Final = "all"

class Interpretation:
    MULTIBAND: Final = "multiband"
    B_W: Final = "b-w"
    HISTOGRAM: Final = "histogram"
    XYZ: Final = "xyz"
    LAB: Final = "lab"
    CMYK: Final = "cmyk"
    LABQ: Final = "labq"
    RGB: Final = "rgb"
    CMC: Final = "cmc"
    LCH: Final = "lch"
    LABS: Final = "labs"
    SRGB: Final = "srgb"
    YXY: Final = "yxy"
    FOURIER: Final = "fourier"
    RGB16: Final = "rgb16"
    GREY16: Final = "grey16"
    MATRIX: Final = "matrix"
    SCRGB: Final = "scrgb"
    HSV: Final = "hsv"

class Kernel:
    NEAREST: Final = "nearest"
    LINEAR: Final = "linear"
    CUBIC: Final = "cubic"
    MITCHELL: Final = "mitchell"
    LANCZOS2: Final = "lanczos2"
    LANCZOS3: Final = "lanczos3"

class OperationBoolean:
    AND: Final = "and"
    OR: Final = "or"
    EOR: Final = "eor"
    LSHIFT: Final = "lshift"
    RSHIFT: Final = "rshift"

class OperationComplex:
    POLAR: Final = "polar"
    RECT: Final = "rect"
    CONJ: Final = "conj"

class OperationComplex2:
    CROSS_PHASE: Final = "cross-phase"

class OperationComplexget:
    REAL: Final = "real"
    IMAG: Final = "imag"

class OperationMath:
    SIN: Final = "sin"
    COS: Final = "cos"
    TAN: Final = "tan"
    ASIN: Final = "asin"
    ACOS: Final = "acos"
    ATAN: Final = "atan"
    LOG: Final = "log"
    LOG10: Final = "log10"
    EXP: Final = "exp"
    EXP10: Final = "exp10"
    SINH: Final = "sinh"
    COSH: Final = "cosh"
    TANH: Final = "tanh"
    ASINH: Final = "asinh"
    ACOSH: Final = "acosh"
    ATANH: Final = "atanh"

class OperationMath2:
    POW: Final = "pow"
    WOP: Final = "wop"
    ATAN2: Final = "atan2"

class OperationMorphology:
    ERODE: Final = "erode"
    DILATE: Final = "dilate"

class OperationRelational:
    EQUAL: Final = "equal"
    NOTEQ: Final = "noteq"
    LESS: Final = "less"
    LESSEQ: Final = "lesseq"
    MORE: Final = "more"
    MOREEQ: Final = "moreeq"

class OperationRound:
    RINT: Final = "rint"
    CEIL: Final = "ceil"
    FLOOR: Final = "floor"

class PCS:
    LAB: Final = "lab"
    XYZ: Final = "xyz"

class Precision:
    INTEGER: Final = "integer"
    FLOAT: Final = "float"
    APPROXIMATE: Final = "approximate"

class Size:
    BOTH: Final = "both"
    UP: Final = "up"
    DOWN: Final = "down"
    FORCE: Final = "force"

class TextWrap:
    WORD: Final = "word"
    CHAR: Final = "char"
    WORD_CHAR: Final = "word-char"
    NONE: Final = "none"

class Addon:
    """An add-on, as it is now; `tt.addons` gives them."""
    def __init__(self, found: Any, loaded: Any = None) -> None: ...
    @property
    def id(self) -> str:
        """The name of its Python package."""
    @property
    def name(self) -> str:
        """What people call it."""
    @property
    def version(self) -> str:
        """Its version, empty when it is broken; so are the next ones."""
    @property
    def authors(self) -> tuple[str, ...]:
        """Who has made it."""
    @property
    def licence(self) -> str:
        """What may be done with it."""
    @property
    def description(self) -> str:
        """What it is good for."""
    @property
    def requires(self) -> tuple[str, ...]:
        """The Python packages that it needs."""
    @property
    def touches(self) -> tuple[str, ...]:
        """What it says that it touches, such as files or the network; nobody holds it to that."""
    @property
    def path(self) -> pathlib.Path:
        """Its folder or its single file."""
    @property
    def is_installed(self) -> bool:
        """Whether it lies in the person's own folder, from which `tt.addons.remove` takes it."""
    @property
    def state(self) -> str:
        """"off", "starting", "on", "failed" or "broken"."""
    @property
    def error(self) -> str:
        """Why it is broken or has failed, with the traceback; empty otherwise."""
    @property
    def registered(self) -> list[_Registered]:
        """What it has registered now, in the order in which it came."""
    @property
    def times(self) -> _CallTimes:
        """How long its callbacks have taken since it was switched on."""
    @property
    def failures(self) -> list[_Failure]:
        """The last 20 things of it that have failed since it was switched on, the oldest first."""
    def __repr__(self) -> str: ...

class AddonError(Error):
    """An add-on cannot be found, read, installed, switched on or off; the message names it, and what is allowed."""

class Answer:
    """What one handler answered: `result`, or the exception in `error`, or neither when it has `timed_out`."""
    handler: Callable[[Event], Any]
    result: Any
    error: BaseException | None
    timed_out: bool
    def __init__(self, handler: Callable[[Event], Any]) -> None: ...
    def __repr__(self) -> str: ...

class Cancelled(BaseException):
    """The running code was stopped on purpose. A BaseException, so that `except Exception` does not hold it up."""

class Error(Exception):
    """What went wrong in tintype; every other error is one of these."""
    @property
    def message(self) -> str:
        """What was wrong, with which value, and what is allowed."""
    @property
    def detail(self) -> str:
        """The same as `message`, which says everything."""

class Event:
    """What a handler gets: `name`, and what the event says as attributes, such as `event.image`."""
    name: str
    def __init__(self, name: str, data: dict[str, Any]) -> None: ...
    def __getattr__(self, attribute: str) -> Any: ...
    def __repr__(self) -> str: ...

class Field:
    """What people read of a value: in an annotation, `min_size: Annotated[int, tt.Field("Smallest size", "In pixels.")]`."""
    title: str
    help: str
    folder: bool
    def __init__(self, title: str = "", help: str = "", folder: bool = False) -> None: ...
    def __repr__(self) -> str: ...

class FileError(Error, OSError):
    """A file could not be read or written; an OSError as well."""

class GValue:
    """pyvips' numbers for the types of metadata fields, as get_typeof gives and set_type takes them."""
    gbool_type: int
    gint_type: int
    guint64_type: int
    gdouble_type: int
    gstr_type: int
    genum_type: int
    gflags_type: int
    gobject_type: int
    image_type: int
    array_int_type: int
    array_double_type: int
    array_image_type: int
    refstr_type: int
    blob_type: int
    format_type: int
    blend_mode_type: int
    source_type: int
    target_type: int

class Image:
    """An image: an immutable recipe whose pixels are computed when they are asked for."""
    def __init__(self, *args: NoReturn, **kwargs: NoReturn) -> None: ...
    @property
    def width(self) -> int:
        """The width in pixels."""
    @property
    def height(self) -> int:
        """The height in pixels, of one plane."""
    @property
    def bands(self) -> int:
        """The number of bands: 1 for grey, 3 for colour, 4 with transparency."""
    @property
    def format(self) -> str:
        """The type of a pixel's numbers: "uchar", "ushort", "float", …"""
    @property
    def interpretation(self) -> str:
        """What the numbers mean: "b-w", "srgb", "lab", "multiband", …"""
    @property
    def xres(self) -> float:
        """Pixels a millimetre across; 1.0 when unknown."""
    @property
    def yres(self) -> float:
        """Pixels a millimetre down; 1.0 when unknown."""
    @property
    def planes(self) -> int:
        """The number of planes: pages, z, time, channels; 1 for most images."""
    @property
    def axes(self) -> dict[str, int | list[str]]:
        """The directions in which the image has several planes, as a dict of their sizes, or of the names of their planes; empty for one plane."""
    def get(self, field: str) -> Metadata:
        """A metadata field: a number, a text, bytes or a list. Raises NotFoundError, which lists the fields."""
    def get_fields(self) -> list[str]:
        """The names of the metadata fields."""
    def write_to_memory(self) -> bytes:
        """All pixels as bytes: rows from top to bottom, the bands of a pixel side by side."""
    def set_kill(self, kill: bool) -> None:
        """End what evaluates this image, or one that is made of it, and refuse that from now on with OperationError; False allows it again."""
    def bandjoin(self, other: ImageLike | Sequence[ImageLike] | None = None) -> Image:
        """The bands of this image and those of others, or constants, in one image."""
    def bandrank(self, other: ImageLike | Sequence[ImageLike] | None = None, **options: Any) -> Image:
        """For each pixel and band, the value of the given rank among the images; the middle one by default."""
    def composite(
        self,
        other: ImageLike | Sequence[ImageLike],
        mode: str | Sequence[str] | None = None,
        **options: Any,
    ) -> Image:
        """Lay images over this one, each with its blend mode: "over", "multiply", …"""
    def dilate(self, mask: Image | Matrix | None = None, **options: Any) -> Image:
        """The largest value around each pixel: with the catalogue's options, or with a mask of 255, 0 and 128, as pyvips."""
    def erode(self, mask: Image | Matrix | None = None, **options: Any) -> Image:
        """The smallest value around each pixel: with the catalogue's options, or with a mask of 255, 0 and 128, as pyvips."""
    def median(self, size: int = 3, **options: Any) -> Image:
        """The middle value of a square of `size` pixels; `tt.ops.median` on the document."""
    @property
    def recipe(self) -> Recipe:
        """The steps that lead to this image, a Recipe."""
    @staticmethod
    def new_from_file(path: FilePath, **options: Any) -> Image:
        """The first page of an image file."""
    @staticmethod
    def new_from_array(
        array: Array | Matrix | Sequence[float],
        scale: float = 1.0,
        offset: float = 0.0,
        interpretation: str | None = None,
        copy: bool | None = None,
    ) -> Image:
        """An image from an array, or from a list of rows of numbers."""
    @staticmethod
    def new_from_list(rows: Matrix | Sequence[float], scale: float = 1.0, offset: float = 0.0) -> Image:
        """A matrix from a list of rows of numbers, as new_from_array makes it."""
    @staticmethod
    def new_from_memory(data: Memory, width: int, height: int, bands: int, format: str) -> Image:
        """An image from packed pixels: rows from top to bottom, the bands of a pixel side by side."""
    @staticmethod
    def new_from_buffer(data: Memory, options: str = "", **more: Any) -> Image:
        """The first page of an encoded picture in memory: a PNG, a JPEG, … as bytes, which are copied."""
    @staticmethod
    def new_from_source(source: Source, options: str = "", **more: Any) -> Image:
        """The first page of the encoded picture that a source holds. Options and errors as for new_from_buffer."""
    def write_to_file(self, path: FilePath, **options: Any) -> None:
        """Save the image in the format that the name ends in, whole or not at all."""
    def write_to_buffer(self, format_string: str, **options: Any) -> bytes:
        """The picture encoded as a file of the format that the ending names, options of its saver included: ".jpg[Q=90]"."""
    def write_to_target(self, target: Target, format_string: str, **options: Any) -> None:
        """Encode the picture into a target, in the format that the ending names. Raises FileError, or what a handler raised."""
    def numpy(self, dtype: Any = None, plane: int | None = None) -> Array:
        """The pixels as a numpy array: height x width, with the bands as a last axis when there are several."""
    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array: ...
    def tolist(self) -> list[Any]:
        """The pixels as lists in a list: rows of numbers, or rows of lists when there are several bands."""
    def pil(self) -> Any:
        """The pixels as an image of Pillow's, which must be installed: grey, RGB or RGBA of 8 bits, or one band of other numbers."""
    def bandsplit(self) -> list[Image]:
        """The bands as a list of images."""
    def __getitem__(self, key: int | slice | Sequence[int] | Sequence[bool]) -> Image:
        """Bands: `im[0]`, `im[-1]`, `im[0:2]`, `im[[2, 1, 0]]`, `im[[True, False, True]]`."""
    def addalpha(self) -> Image:
        """The image with one more band, opaque everywhere: 255, or what is opaque for its bands."""
    def hasalpha(self) -> bool:
        """Whether the last band is transparency: whether there are more bands than the interpretation has colours."""
    def map_tiles(
        self,
        fn: Callable[..., Any],
        *others: Image | Array,
        overlap: int = 0,
        edge: Literal['copy', 'mirror', 'repeat', 'black', 'white'] = "copy",
        format: str | None = None,
        bands: int | None = None,
    ) -> Image:
        """An image whose pixels the function makes, tile by tile, when they are asked for; so it may be larger than memory."""
    def profile_line(self, x1: float, y1: float, x2: float, y2: float, width: int = 1) -> Array:
        """The numbers along a line as an array: one for each pixel of its length, both ends included."""
    def get_typeof(self, name: str) -> int:
        """The type of a metadata field, a number of tt.GValue; 0 when there is no such field."""
    def set(self, name: str, value: Any) -> Image:
        """Set a metadata field that exists, or one of the header such as "xres", and return this Image object."""
    def set_type(self, gtype: int, name: str, value: Any) -> None:
        """Set a metadata field of this Image object, which stands for another image afterwards, with `gtype` out of tt.GValue."""
    def remove(self, name: str) -> bool:
        """Remove a metadata field of this Image object, which stands for another image afterwards; False when there is none."""
    def get_value(self, name: str) -> Metadata:
        """The same as `get`."""
    def set_value(self, name: str, value: Any) -> Image:
        """Set a metadata field that exists, or one of the header such as "xres", and return this Image object."""
    def get_scale(self) -> float:
        """What a convolution with this matrix divides by; 1 where it does not say."""
    def get_offset(self) -> float:
        """What a convolution with this matrix adds; 0 where it does not say."""
    @property
    def offset(self) -> float:
        """What a convolution with this matrix adds; 0 where it does not say."""
    def get_page_height(self) -> int:
        """The height of a page in an image of several pages, one below the other; else the height."""
    def get_n_pages(self) -> int:
        """The number of pages that the file of the image has; 1 when it does not say."""
    def pagesplit(self) -> list[Image]:
        """The pages of an image that has them one below the other."""
    def pagejoin(self, other: Image | Sequence[Image]) -> Image:
        """This image and others as pages one below the other, each as large as the largest."""
    def mutate(self, change: Callable[[MutableImage], Any] | None = None) -> Any:
        """A MutableImage, for a `with` block, whose `image` is the result; or the result of calling `change` with one."""
    @property
    def coding(self) -> str:
        """How the pixels are packed: "none" for almost all images, "labq", "rad"."""
    @property
    def filename(self) -> str | None:
        """The path of the file that the image was opened from; None for others."""
    @property
    def xoffset(self) -> int:
        """Where the image lies in a larger one: what the last operation says about its origin."""
    @property
    def yoffset(self) -> int:
        """Where the image lies in a larger one: what the last operation says about its origin."""
    def copy_memory(self) -> Image:
        """The same image, its pixels computed now and kept in memory; its recipe starts there."""
    @staticmethod
    def new_temp_file(format: str = "%s.v") -> Image:
        """An image for `write`, whose pixels then go to a temporary file, which is removed with the last image that uses it."""
    def write(self, other: Image) -> None:
        """Compute the pixels now, and let the other Image object stand for them: on disk when new_temp_file made it."""
    def invalidate(self) -> None:
        """Forget what was remembered of the images that were built; arrays and files stay what they are."""
    def set_progress(self, progress: bool) -> None:
        """Whether the handlers of signal_connect are called when this image, or one that is made of it, is evaluated."""
    def signal_connect(self, name: str, handler: Callable[[Image, Progress], Any]) -> None:
        """Call handler(image, progress) at "preeval", "eval" and "posteval", once set_progress(True) was called."""
    def new_from_image(self, value: Numeric) -> Image:
        """An image of the same size, format and resolution, every pixel of which is `value` (one number, or one a band)."""
    def plane(self, index: int | None = None, **axes: int | str) -> Image:
        """One plane of an image with several: by its index, or by a position or a name for each of `axes`."""
    def maxpos(self) -> tuple[Number, Integer, Integer]:
        """The largest number, and where it is: value, x, y."""
    def minpos(self) -> tuple[Number, Integer, Integer]:
        """The smallest number, and where it is: value, x, y."""
    def __call__(self, x: float, y: float) -> Numbers:
        """The numbers of the pixel at column x and row y, a list with one for each band; digits after the point are dropped."""
    def __enter__(self) -> Image: ...
    def __exit__(self, *error: Any) -> None: ...
    def __len__(self) -> int: ...
    def __dir__(self) -> list[str]: ...
    def __copy__(self) -> Image: ...
    def __deepcopy__(self, memo: Any) -> Image: ...
    def __repr__(self) -> str: ...
    def pow(self, other: ImageLike) -> Image:
        """The image to the power of a number, or of the other image."""
    def wop(self, other: ImageLike) -> Image:
        """The number, or the other image, to the power of this one."""
    def atan2(self, other: ImageLike) -> Image:
        """The angle in degrees of the point with this image as its height and the other as its width."""
    def cross_phase(self, other: ImageLike) -> Image:
        """The phase by which the other complex image differs, as complex numbers of the length 1."""
    def scaleimage(self, **options: Any) -> Image:
        """The same as `scale`."""
    def sin(self) -> Image:
        """The same as `math('sin')`."""
    def cos(self) -> Image:
        """The same as `math('cos')`."""
    def tan(self) -> Image:
        """The same as `math('tan')`."""
    def asin(self) -> Image:
        """The same as `math('asin')`."""
    def acos(self) -> Image:
        """The same as `math('acos')`."""
    def atan(self) -> Image:
        """The same as `math('atan')`."""
    def sinh(self) -> Image:
        """The same as `math('sinh')`."""
    def cosh(self) -> Image:
        """The same as `math('cosh')`."""
    def tanh(self) -> Image:
        """The same as `math('tanh')`."""
    def asinh(self) -> Image:
        """The same as `math('asinh')`."""
    def acosh(self) -> Image:
        """The same as `math('acosh')`."""
    def atanh(self) -> Image:
        """The same as `math('atanh')`."""
    def log(self) -> Image:
        """The same as `math('log')`."""
    def log10(self) -> Image:
        """The same as `math('log10')`."""
    def exp(self) -> Image:
        """The same as `math('exp')`."""
    def exp10(self) -> Image:
        """The same as `math('exp10')`."""
    def floor(self) -> Image:
        """The same as `round('floor')`."""
    def ceil(self) -> Image:
        """The same as `round('ceil')`."""
    def rint(self) -> Image:
        """The same as `round('rint')`."""
    def real(self) -> Image:
        """The same as `complexget('real')`."""
    def imag(self) -> Image:
        """The same as `complexget('imag')`."""
    def conj(self) -> Image:
        """The same as `complex('conj')`."""
    def polar(self) -> Image:
        """The same as `complex('polar')`, also for an image whose bands are pairs of a real and an imaginary part."""
    def rect(self) -> Image:
        """The same as `complex('rect')`, also for an image whose bands are pairs of a real and an imaginary part."""
    def bandand(self) -> Image:
        """The same as `bandbool('and')`."""
    def bandor(self) -> Image:
        """The same as `bandbool('or')`."""
    def bandeor(self) -> Image:
        """The same as `bandbool('eor')`."""
    def fliphor(self) -> Image:
        """The same as `flip('horizontal')`."""
    def flipver(self) -> Image:
        """The same as `flip('vertical')`."""
    def rot90(self) -> Image:
        """The same as `rot('d90')`."""
    def rot180(self) -> Image:
        """The same as `rot('d180')`."""
    def rot270(self) -> Image:
        """The same as `rot('d270')`."""
    def __add__(self, other: ImageLike) -> Image: ...
    def __radd__(self, other: ImageLike) -> Image: ...
    def __sub__(self, other: ImageLike) -> Image: ...
    def __rsub__(self, other: ImageLike) -> Image: ...
    def __mul__(self, other: ImageLike) -> Image: ...
    def __rmul__(self, other: ImageLike) -> Image: ...
    def __truediv__(self, other: ImageLike) -> Image: ...
    def __rtruediv__(self, other: ImageLike) -> Image: ...
    def __floordiv__(self, other: ImageLike) -> Image: ...
    def __rfloordiv__(self, other: ImageLike) -> Image: ...
    def __mod__(self, other: ImageLike) -> Image: ...
    def __rmod__(self, other: ImageLike) -> Image: ...
    def __pow__(self, other: ImageLike) -> Image: ...
    def __rpow__(self, other: ImageLike) -> Image: ...
    def __lshift__(self, other: ImageLike) -> Image: ...
    def __rlshift__(self, other: ImageLike) -> Image: ...
    def __rshift__(self, other: ImageLike) -> Image: ...
    def __rrshift__(self, other: ImageLike) -> Image: ...
    def __and__(self, other: ImageLike) -> Image: ...
    def __rand__(self, other: ImageLike) -> Image: ...
    def __or__(self, other: ImageLike) -> Image: ...
    def __ror__(self, other: ImageLike) -> Image: ...
    def __xor__(self, other: ImageLike) -> Image: ...
    def __rxor__(self, other: ImageLike) -> Image: ...
    def __lt__(self, other: ImageLike) -> Image: ...
    def __le__(self, other: ImageLike) -> Image: ...
    def __gt__(self, other: ImageLike) -> Image: ...
    def __ge__(self, other: ImageLike) -> Image: ...
    def __eq__(self, other: ImageLike) -> Image: ...  # type: ignore[override]
    def __ne__(self, other: ImageLike) -> Image: ...  # type: ignore[override]
    def __neg__(self) -> Image: ...
    def __pos__(self) -> Image: ...
    def __abs__(self) -> Image: ...
    def __invert__(self) -> Image: ...
    def __hash__(self) -> int: ...
    __array_priority__: int
    @staticmethod
    def analyzeload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `analyzeload`."""
    @staticmethod
    def analyzeload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `analyzeload`."""
    @staticmethod
    def analyzeload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `analyzeload`."""
    @staticmethod
    def csvload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `csvload`."""
    @staticmethod
    def csvload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `csvload`."""
    @staticmethod
    def csvload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `csvload`."""
    @staticmethod
    def fitsload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `fitsload`."""
    @staticmethod
    def fitsload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `fitsload`."""
    @staticmethod
    def fitsload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `fitsload`."""
    @staticmethod
    def gifload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `gifload`."""
    @staticmethod
    def gifload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `gifload`."""
    @staticmethod
    def gifload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `gifload`."""
    @staticmethod
    def heifload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `heifload`."""
    @staticmethod
    def heifload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `heifload`."""
    @staticmethod
    def heifload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `heifload`."""
    @staticmethod
    def jp2kload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `jp2kload`."""
    @staticmethod
    def jp2kload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `jp2kload`."""
    @staticmethod
    def jp2kload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `jp2kload`."""
    @staticmethod
    def jpegload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `jpegload`."""
    @staticmethod
    def jpegload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `jpegload`."""
    @staticmethod
    def jpegload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `jpegload`."""
    @staticmethod
    def jxlload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `jxlload`."""
    @staticmethod
    def jxlload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `jxlload`."""
    @staticmethod
    def jxlload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `jxlload`."""
    @staticmethod
    def magickload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `magickload`."""
    @staticmethod
    def magickload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `magickload`."""
    @staticmethod
    def magickload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `magickload`."""
    @staticmethod
    def matload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `matload`."""
    @staticmethod
    def matload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `matload`."""
    @staticmethod
    def matload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `matload`."""
    @staticmethod
    def matrixload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `matrixload`."""
    @staticmethod
    def matrixload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `matrixload`."""
    @staticmethod
    def matrixload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `matrixload`."""
    @staticmethod
    def niftiload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `niftiload`."""
    @staticmethod
    def niftiload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `niftiload`."""
    @staticmethod
    def niftiload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `niftiload`."""
    @staticmethod
    def openexrload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `openexrload`."""
    @staticmethod
    def openexrload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `openexrload`."""
    @staticmethod
    def openexrload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `openexrload`."""
    @staticmethod
    def openslideload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `openslideload`."""
    @staticmethod
    def openslideload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `openslideload`."""
    @staticmethod
    def openslideload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `openslideload`."""
    @staticmethod
    def pdfload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `pdfload`."""
    @staticmethod
    def pdfload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `pdfload`."""
    @staticmethod
    def pdfload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `pdfload`."""
    @staticmethod
    def pngload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `pngload`."""
    @staticmethod
    def pngload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `pngload`."""
    @staticmethod
    def pngload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `pngload`."""
    @staticmethod
    def ppmload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `ppmload`."""
    @staticmethod
    def ppmload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `ppmload`."""
    @staticmethod
    def ppmload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `ppmload`."""
    @staticmethod
    def radload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `radload`."""
    @staticmethod
    def radload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `radload`."""
    @staticmethod
    def radload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `radload`."""
    @staticmethod
    def rawload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `rawload`."""
    @staticmethod
    def rawload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `rawload`."""
    @staticmethod
    def rawload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `rawload`."""
    @staticmethod
    def svgload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `svgload`."""
    @staticmethod
    def svgload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `svgload`."""
    @staticmethod
    def svgload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `svgload`."""
    @staticmethod
    def tiffload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `tiffload`."""
    @staticmethod
    def tiffload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `tiffload`."""
    @staticmethod
    def tiffload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `tiffload`."""
    @staticmethod
    def vipsload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `vipsload`."""
    @staticmethod
    def vipsload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `vipsload`."""
    @staticmethod
    def vipsload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `vipsload`."""
    @staticmethod
    def webpload(filename: FilePath, *values: Any, **options: Any) -> Image:
        """Open a file with libvips' loader `webpload`."""
    @staticmethod
    def webpload_buffer(buffer: Memory, **options: Any) -> Image:
        """Open an encoded picture in memory with libvips' loader `webpload`."""
    @staticmethod
    def webpload_source(source: Source, **options: Any) -> Image:
        """Open the picture of a source with libvips' loader `webpload`."""
    def csvsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `csvsave`."""
    def csvsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `csvsave`."""
    def csvsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `csvsave`."""
    def dzsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `dzsave`."""
    def dzsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `dzsave`."""
    def dzsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `dzsave`."""
    def fitssave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `fitssave`."""
    def fitssave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `fitssave`."""
    def fitssave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `fitssave`."""
    def gifsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `gifsave`."""
    def gifsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `gifsave`."""
    def gifsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `gifsave`."""
    def heifsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `heifsave`."""
    def heifsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `heifsave`."""
    def heifsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `heifsave`."""
    def jp2ksave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `jp2ksave`."""
    def jp2ksave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `jp2ksave`."""
    def jp2ksave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `jp2ksave`."""
    def jpegsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `jpegsave`."""
    def jpegsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `jpegsave`."""
    def jpegsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `jpegsave`."""
    def jxlsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `jxlsave`."""
    def jxlsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `jxlsave`."""
    def jxlsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `jxlsave`."""
    def magicksave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `magicksave`."""
    def magicksave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `magicksave`."""
    def magicksave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `magicksave`."""
    def matrixsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `matrixsave`."""
    def matrixsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `matrixsave`."""
    def matrixsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `matrixsave`."""
    def niftisave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `niftisave`."""
    def niftisave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `niftisave`."""
    def niftisave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `niftisave`."""
    def pngsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `pngsave`."""
    def pngsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `pngsave`."""
    def pngsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `pngsave`."""
    def ppmsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `ppmsave`."""
    def ppmsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `ppmsave`."""
    def ppmsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `ppmsave`."""
    def radsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `radsave`."""
    def radsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `radsave`."""
    def radsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `radsave`."""
    def rawsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `rawsave`."""
    def rawsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `rawsave`."""
    def rawsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `rawsave`."""
    def tiffsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `tiffsave`."""
    def tiffsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `tiffsave`."""
    def tiffsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `tiffsave`."""
    def vipssave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `vipssave`."""
    def vipssave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `vipssave`."""
    def vipssave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `vipssave`."""
    def webpsave(self, filename: FilePath, **options: Any) -> None:
        """Save to a file with libvips' saver `webpsave`."""
    def webpsave_buffer(self, **options: Any) -> bytes:
        """The picture encoded by libvips' saver `webpsave`."""
    def webpsave_target(self, target: Target, **options: Any) -> None:
        """Encode the picture into a target with libvips' saver `webpsave`."""
    @staticmethod
    def thumbnail_source(source: Source, width: int, **options: Any) -> Image:
        """A thumbnail of the picture of a source, `width` pixels wide at most, decoded only as large as needed."""
    def CMC2LCh(self) -> Image:
        """CMC to LCh."""
    def CMYK2XYZ(self) -> Image:
        """CMYK to XYZ."""
    def HSV2sRGB(self) -> Image:
        """HSV to sRGB."""
    def LCh2CMC(self) -> Image:
        """LCh to CMC."""
    def LCh2Lab(self) -> Image:
        """LCh to Lab."""
    def Lab2LCh(self) -> Image:
        """Lab to LCh."""
    def Lab2LabQ(self) -> Image:
        """Transform float Lab to LabQ coding."""
    def Lab2LabS(self) -> Image:
        """Lab to 16 bits."""
    def Lab2XYZ(self, *, temp: Numeric | None = None) -> Image:
        """Lab to XYZ."""
    def LabQ2Lab(self) -> Image:
        """Unpack a LabQ image to float Lab."""
    def LabQ2LabS(self) -> Image:
        """Unpack a LabQ image to short Lab."""
    def LabQ2sRGB(self) -> Image:
        """Convert a LabQ image to sRGB."""
    def LabS2Lab(self) -> Image:
        """Lab from 16 bits."""
    def LabS2LabQ(self) -> Image:
        """Transform short Lab to LabQ coding."""
    def XYZ2CMYK(self) -> Image:
        """XYZ to CMYK."""
    def XYZ2Lab(self, *, temp: Numeric | None = None) -> Image:
        """XYZ to Lab."""
    def XYZ2Yxy(self) -> Image:
        """XYZ to Yxy."""
    def XYZ2scRGB(self) -> Image:
        """XYZ to linear RGB."""
    def Yxy2XYZ(self) -> Image:
        """Yxy to XYZ."""
    def abs(self) -> Image:
        """Absolute value."""
    def adaptive_threshold(self, *, radius: int = 15, offset: float = 0.0, method: _AdaptiveMethod = "mean") -> Image:
        """Threshold by surroundings."""
    def add(self, right: ImageLike) -> Image:
        """Add."""
    def affine(
        self,
        matrix: Numeric,
        *,
        interpolate: _Interpolate = "bilinear",
        oarea: WholeNumbers | None = None,
        background: Numeric = ...,
        extend: _Extend = "background",
        odx: float = 0.0,
        ody: float = 0.0,
        idx: float = 0.0,
        idy: float = 0.0,
        premultiplied: bool = False,
    ) -> Image:
        """Affine transform."""
    @staticmethod
    def arrayjoin(
        __in: ImageLike | Sequence[ImageLike],
        *,
        across: int | None = None,
        shim: int = 0,
        background: Numeric = ...,
        halign: _Align = "low",
        valign: _Align = "low",
        hspacing: int | None = None,
        vspacing: int | None = None,
    ) -> Image:
        """Join in a grid."""
    @overload
    def autorot(self, *, angle: Literal[False] = False, flip: Literal[False] = False) -> Image:
        """Rotate upright."""
    @overload
    def autorot(self, *, angle: Literal[True], flip: bool = False) -> tuple[Image, _AutorotFound]: ...
    @overload
    def autorot(self, *, angle: bool = False, flip: Literal[True]) -> tuple[Image, _AutorotFound]: ...
    def avg(self) -> Number:
        """Mean."""
    def bandbool(self, boolean: Literal["and", "or", "eor"]) -> Image:
        """Logic of the bands."""
    def bandfold(self, *, factor: int = 0) -> Image:
        """Fold columns into bands."""
    def bandjoin_const(self, c: Numeric) -> Image:
        """Add a constant band."""
    def bandmean(self) -> Image:
        """Mean of the bands."""
    def bandunfold(self, *, factor: int = 0) -> Image:
        """Unfold bands into columns."""
    def bilateral(self, sigma: float, tolerance: float, *, radius: int | None = None) -> Image:
        """Smooth and keep edges (bilateral)."""
    @staticmethod
    def black(width: int, height: int, *, bands: int = 1) -> Image:
        """Black image."""
    def black_tophat(self, *, radius: int = 1, vradius: int | None = None, shape: _Shape = "disc") -> Image:
        """Top-hat, dark."""
    def boolean(self, right: ImageLike, boolean: _OperationBoolean) -> Image:
        """Logic of two images."""
    def boolean_const(self, boolean: _OperationBoolean, c: Numeric) -> Image:
        """Logic with a number."""
    def boxblur(self, *, radius: int = 1, vradius: int | None = None) -> Image:
        """Box blur."""
    def buildlut(self) -> Image:
        """Table from points."""
    def byteswap(self) -> Image:
        """Byteswap an image."""
    def cache(self, *, max_tiles: int = 250, tile_height: int = 128, tile_width: int = 128) -> Image:
        """Cache an image."""
    def canny(self, *, sigma: float = 1.4, precision: _Precision = "float") -> Image:
        """Edges (Canny)."""
    def canny_edges(self, *, low: float = 50.0, high: float = 100.0, euclidean: bool = False) -> Image:
        """Edges by two thresholds (Canny)."""
    def case(self, cases: ImageLike | Sequence[ImageLike]) -> Image:
        """Choose among images."""
    def cast(self, format: _BandFormat, *, shift: bool = False) -> Image:
        """Change number format."""
    def clahe(self, *, clip: float = 3.0, across: int = 8, down: int = 8) -> Image:
        """Local contrast by fields (CLAHE)."""
    def clear_border(self, *, connectivity: _Connectivity = "8") -> Image:
        """Remove objects at the edge."""
    def closing(self, *, radius: int = 1, vradius: int | None = None, shape: _Shape = "disc") -> Image:
        """Close."""
    def colour_map(self, name: str, *, range: Numeric | None = None) -> Image:
        """Colour map."""
    def colourspace(
        self,
        space: Literal["b-w", "srgb", "lab", "lch", "hsv", "cmyk", "xyz", "scrgb", "rgb16", "grey16", "yxy", "cmc", "labs", "labq"],
        *,
        source_space: _Interpretation | None = None,
    ) -> Image:
        """Change colour space."""
    def compass(
        self,
        mask: ImageLike,
        *,
        times: int = 2,
        angle: _Angle45 = "d90",
        combine: _Combine = "max",
        precision: _Precision = "float",
        layers: int = 5,
        cluster: int = 1,
    ) -> Image:
        """Convolve in all directions."""
    def complex(self, cmplx: _OperationComplex) -> Image:
        """Complex function."""
    def complex2(self, right: ImageLike, cmplx: _OperationComplex2) -> Image:
        """Complex function of two images."""
    def complexform(self, right: ImageLike) -> Image:
        """Join real and imaginary part."""
    def complexget(self, get: _OperationComplexget) -> Image:
        """Part of complex pixels."""
    def composite2(
        self,
        overlay: ImageLike,
        mode: _BlendMode,
        *,
        x: int = 0,
        y: int = 0,
        compositing_space: _Interpretation | None = None,
        premultiplied: bool = False,
    ) -> Image:
        """Blend."""
    def conv(self, mask: ImageLike, *, precision: _Precision = "float", layers: int = 5, cluster: int = 1) -> Image:
        """Convolve."""
    def convf(self, mask: ImageLike) -> Image:
        """Float convolution operation."""
    def convi(self, mask: ImageLike) -> Image:
        """Int convolution operation."""
    def convsep(self, mask: ImageLike, *, precision: _Precision = "float", layers: int = 5, cluster: int = 1) -> Image:
        """Convolve by rows and columns."""
    def copy(
        self,
        *,
        interpretation: _Interpretation | None = None,
        xres: float | None = None,
        yres: float | None = None,
        width: int | None = None,
        height: int | None = None,
        bands: int | None = None,
        format: _BandFormat | None = None,
        coding: _Coding | None = None,
        xoffset: int | None = None,
        yoffset: int | None = None,
    ) -> Image:
        """Set image properties."""
    def countlines(self, direction: _Direction) -> Number:
        """Count lines."""
    def crop(self, left: int, top: int, width: int, height: int) -> Image:
        """Crop."""
    def dE00(self, right: ImageLike) -> Image:
        """Colour difference (CIEDE2000)."""
    def dE76(self, right: ImageLike) -> Image:
        """Colour difference (CIE 1976)."""
    def dECMC(self, right: ImageLike) -> Image:
        """Colour difference (CMC)."""
    def deviate(self) -> Number:
        """Standard deviation."""
    def distance_transform(self, *, metric: _Metric = "euclidean") -> Image:
        """Distance from the background."""
    def divide(self, right: ImageLike) -> Image:
        """Divide."""
    def draw_circle(self, ink: Numeric, cx: int, cy: int, radius: int, *, fill: bool = False) -> Image:
        """Draw a circle."""
    @overload
    def draw_flood(
        self,
        ink: Numeric,
        x: int,
        y: int,
        *,
        test: ImageLike | None = None,
        equal: bool = False,
        left: Literal[False] = False,
        top: Literal[False] = False,
        width: Literal[False] = False,
        height: Literal[False] = False,
    ) -> Image:
        """Flood fill."""
    @overload
    def draw_flood(
        self,
        ink: Numeric,
        x: int,
        y: int,
        *,
        test: ImageLike | None = None,
        equal: bool = False,
        left: Literal[True],
        top: bool = False,
        width: bool = False,
        height: bool = False,
    ) -> tuple[Image, _DrawFloodFound]: ...
    @overload
    def draw_flood(
        self,
        ink: Numeric,
        x: int,
        y: int,
        *,
        test: ImageLike | None = None,
        equal: bool = False,
        left: bool = False,
        top: Literal[True],
        width: bool = False,
        height: bool = False,
    ) -> tuple[Image, _DrawFloodFound]: ...
    @overload
    def draw_flood(
        self,
        ink: Numeric,
        x: int,
        y: int,
        *,
        test: ImageLike | None = None,
        equal: bool = False,
        left: bool = False,
        top: bool = False,
        width: Literal[True],
        height: bool = False,
    ) -> tuple[Image, _DrawFloodFound]: ...
    @overload
    def draw_flood(
        self,
        ink: Numeric,
        x: int,
        y: int,
        *,
        test: ImageLike | None = None,
        equal: bool = False,
        left: bool = False,
        top: bool = False,
        width: bool = False,
        height: Literal[True],
    ) -> tuple[Image, _DrawFloodFound]: ...
    def draw_image(self, sub: ImageLike, x: int, y: int, *, mode: _CombineMode = "set") -> Image:
        """Paint an image."""
    def draw_line(self, ink: Numeric, x1: int, y1: int, x2: int, y2: int) -> Image:
        """Draw a line."""
    def draw_mask(self, ink: Numeric, mask: ImageLike, x: int, y: int) -> Image:
        """Paint through a mask."""
    def draw_rect(self, ink: Numeric, left: int, top: int, width: int, height: int, *, fill: bool = False) -> Image:
        """Draw a rectangle."""
    def draw_smudge(self, left: int, top: int, width: int, height: int) -> Image:
        """Smudge a rectangle."""
    def embed(
        self,
        x: int,
        y: int,
        width: int,
        height: int,
        *,
        extend: _Extend | None = None,
        background: Numeric = ...,
    ) -> Image:
        """Extend the canvas."""
    def extract_area(self, left: int, top: int, width: int, height: int) -> Image:
        """Extract an area from an image."""
    def extract_band(self, band: int, *, n: int = 1) -> Image:
        """Take a band."""
    @staticmethod
    def eye(width: int, height: int, *, uchar: bool = False, factor: float = 0.5) -> Image:
        """Contrast test chart."""
    def falsecolour(self) -> Image:
        """False colour."""
    def fastcor(self, ref: ImageLike) -> Image:
        """Difference from a template."""
    def fill_holes(self, *, connectivity: _Connectivity = "8") -> Image:
        """Fill holes."""
    @overload
    def fill_nearest(self, *, distance: Literal[False] = False) -> Image:
        """Fill from the nearest."""
    @overload
    def fill_nearest(self, *, distance: Literal[True]) -> tuple[Image, _FillNearestFound]: ...
    @overload
    def find_circles(
        self,
        *,
        min_radius: int = 5,
        max_radius: int = 50,
        distance: float = 20.0,
        edge: float = 100.0,
        votes: float = 30.0,
        most: int = 1000,
        count: Literal[False] = False,
    ) -> Image:
        """Find circles."""
    @overload
    def find_circles(
        self,
        *,
        min_radius: int = 5,
        max_radius: int = 50,
        distance: float = 20.0,
        edge: float = 100.0,
        votes: float = 30.0,
        most: int = 1000,
        count: Literal[True],
    ) -> tuple[Image, _FindCirclesFound]: ...
    @overload
    def find_lines(
        self,
        *,
        votes: int = 100,
        distance: float = 1.0,
        angle: float = 1.0,
        most: int = 1000,
        count: Literal[False] = False,
    ) -> Image:
        """Find lines."""
    @overload
    def find_lines(
        self,
        *,
        votes: int = 100,
        distance: float = 1.0,
        angle: float = 1.0,
        most: int = 1000,
        count: Literal[True],
    ) -> tuple[Image, _FindLinesFound]: ...
    @overload
    def find_segments(
        self,
        *,
        votes: int = 50,
        length: float = 50.0,
        gap: float = 5.0,
        most: int = 1000,
        count: Literal[False] = False,
    ) -> Image:
        """Find pieces of lines."""
    @overload
    def find_segments(
        self,
        *,
        votes: int = 50,
        length: float = 50.0,
        gap: float = 5.0,
        most: int = 1000,
        count: Literal[True],
    ) -> tuple[Image, _FindSegmentsFound]: ...
    def find_skew(self, *, most: float = 10.0) -> Number:
        """Find the skew."""
    def find_template(self, ref: ImageLike, *, method: _Likeness = "coefficient") -> tuple[Integer, Integer, Number]:
        """Find a template."""
    def find_trim(
        self,
        *,
        threshold: float = 10.0,
        background: Numeric | None = None,
    ) -> tuple[Integer, Integer, Integer, Integer]:
        """Find the borders."""
    def flatten(self, *, background: Numeric = ..., max_alpha: float | None = None) -> Image:
        """Remove transparency."""
    def flip(self, direction: _Direction) -> Image:
        """Flip."""
    def float2rad(self) -> Image:
        """Transform float RGB to Radiance coding."""
    def freqmult(self, mask: ImageLike) -> Image:
        """Filter frequencies."""
    def fwfft(self) -> Image:
        """Fourier transform."""
    def gamma(self, *, exponent: float = 0.4166666666666667) -> Image:
        """Gamma."""
    def gaussblur(self, sigma: float, *, min_ampl: float = 0.001, precision: _Precision = "float") -> Image:
        """Gaussian blur."""
    @staticmethod
    def gaussmat(sigma: float, min_ampl: float, *, separable: bool = False, precision: _Precision = "integer") -> Image:
        """Gaussian mask."""
    @staticmethod
    def gaussnoise(width: int, height: int, *, sigma: float = 30.0, mean: float = 128.0, seed: int = 0) -> Image:
        """Gaussian noise."""
    def getpoint(self, x: int, y: int) -> Numbers:
        """Value of a pixel."""
    def globalbalance(self, *, gamma: float = 1.6, int_output: bool = False) -> Image:
        """Global balance an image mosaic."""
    def gravity(
        self,
        direction: _CompassDirection,
        width: int,
        height: int,
        *,
        extend: _Extend | None = None,
        background: Numeric = ...,
    ) -> Image:
        """Place on a canvas."""
    @staticmethod
    def grey(width: int, height: int, *, uchar: bool = False) -> Image:
        """Grey ramp."""
    def grid(self, tile_height: int, across: int, down: int) -> Image:
        """Fold into a grid."""
    def hist_cum(self) -> Image:
        """Cumulative histogram."""
    def hist_entropy(self) -> Number:
        """Entropy."""
    def hist_equal(self, *, band: int = -1) -> Image:
        """Equalise."""
    def hist_find(self, *, band: int = -1) -> Image:
        """Histogram."""
    def hist_find_indexed(self, index: ImageLike, *, combine: _Combine = "sum") -> Image:
        """Sums by label."""
    def hist_find_ndim(self, *, bins: int = 10) -> Image:
        """Histogram of colours."""
    def hist_ismonotonic(self) -> bool:
        """Is a table rising?."""
    def hist_local(self, width: int, height: int, *, max_slope: int = 0) -> Image:
        """Local contrast (sliding window)."""
    def hist_match(self, ref: ImageLike) -> Image:
        """Match histograms."""
    def hist_norm(self) -> Image:
        """Normalise a histogram."""
    def hist_plot(self) -> Image:
        """Plot a histogram."""
    def hough_circle(self, *, scale: int = 1, min_radius: int = 10, max_radius: int = 20) -> Image:
        """Circles (Hough space)."""
    def hough_line(self, *, width: int = 256, height: int = 256) -> Image:
        """Lines (Hough space)."""
    def icc_export(
        self,
        *,
        pcs: _PCS = "lab",
        intent: _Intent = "relative",
        black_point_compensation: bool = False,
        output_profile: str | None = None,
        depth: int = 8,
    ) -> Image:
        """To device colours by profile."""
    def icc_import(
        self,
        *,
        pcs: _PCS = "lab",
        intent: _Intent = "relative",
        black_point_compensation: bool = False,
        embedded: bool = False,
        input_profile: str | None = None,
    ) -> Image:
        """From device colours by profile."""
    def icc_transform(
        self,
        output_profile: str,
        *,
        pcs: _PCS = "lab",
        intent: _Intent = "relative",
        black_point_compensation: bool = False,
        embedded: bool = True,
        input_profile: str | None = None,
        depth: int = 8,
    ) -> Image:
        """Convert to ICC profile."""
    @staticmethod
    def identity(*, bands: int = 1, ushort: bool = False, size: int = 65536) -> Image:
        """Identity table."""
    def ifthenelse(self, in1: ImageLike, in2: ImageLike, *, blend: bool = False) -> Image:
        """Choose by a mask."""
    def insert(self, sub: ImageLike, x: int, y: int, *, expand: bool = False, background: Numeric = ...) -> Image:
        """Insert."""
    def invert(self) -> Image:
        """Invert."""
    def invertlut(self, *, size: int = 256) -> Image:
        """Inverted table from measurements."""
    def invfft(self, *, real: bool = True) -> Image:
        """Inverse Fourier transform."""
    def join(
        self,
        in2: ImageLike,
        direction: _Direction,
        *,
        expand: bool = False,
        shim: int = 0,
        background: Numeric = ...,
        align: _Align = "low",
    ) -> Image:
        """Join."""
    @overload
    def label(self, *, connectivity: _Connectivity = "8", count: Literal[False] = False) -> Image:
        """Label objects."""
    @overload
    def label(self, *, connectivity: _Connectivity = "8", count: Literal[True]) -> tuple[Image, _LabelFound]: ...
    @overload
    def labelregions(self, *, segments: Literal[False] = False) -> Image:
        """Label regions in an image."""
    @overload
    def labelregions(self, *, segments: Literal[True]) -> tuple[Image, _LabelregionsFound]: ...
    def laplacian(self) -> Image:
        """Laplacian."""
    def linear(self, a: Numeric, b: Numeric, *, uchar: bool = False) -> Image:
        """Brightness and contrast."""
    def linecache(
        self,
        *,
        tile_height: int = 128,
        access: _Access = "random",
        threaded: bool = False,
        persistent: bool = False,
    ) -> Image:
        """Cache an image as a set of lines."""
    @staticmethod
    def logmat(sigma: float, min_ampl: float, *, separable: bool = False, precision: _Precision = "integer") -> Image:
        """Laplacian of Gaussian mask."""
    def mapim(
        self,
        index: ImageLike,
        *,
        interpolate: _Interpolate = "bilinear",
        background: Numeric = ...,
        extend: _Extend = "background",
        premultiplied: bool = False,
    ) -> Image:
        """Warp by a map."""
    def maplut(self, lut: ImageLike, *, band: int = -1) -> Image:
        """Apply a lookup table."""
    @staticmethod
    def mask_butterworth(
        width: int,
        height: int,
        order: float,
        frequency_cutoff: float,
        amplitude_cutoff: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: pass, Butterworth."""
    @staticmethod
    def mask_butterworth_band(
        width: int,
        height: int,
        order: float,
        frequency_cutoff_x: float,
        frequency_cutoff_y: float,
        radius: float,
        amplitude_cutoff: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: spots, Butterworth."""
    @staticmethod
    def mask_butterworth_ring(
        width: int,
        height: int,
        order: float,
        frequency_cutoff: float,
        amplitude_cutoff: float,
        ringwidth: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: ring, Butterworth."""
    @staticmethod
    def mask_fractal(
        width: int,
        height: int,
        fractal_dimension: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: fractal."""
    @staticmethod
    def mask_gaussian(
        width: int,
        height: int,
        frequency_cutoff: float,
        amplitude_cutoff: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: pass, Gaussian."""
    @staticmethod
    def mask_gaussian_band(
        width: int,
        height: int,
        frequency_cutoff_x: float,
        frequency_cutoff_y: float,
        radius: float,
        amplitude_cutoff: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: spots, Gaussian."""
    @staticmethod
    def mask_gaussian_ring(
        width: int,
        height: int,
        frequency_cutoff: float,
        amplitude_cutoff: float,
        ringwidth: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: ring, Gaussian."""
    @staticmethod
    def mask_ideal(
        width: int,
        height: int,
        frequency_cutoff: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: pass, sharp."""
    @staticmethod
    def mask_ideal_band(
        width: int,
        height: int,
        frequency_cutoff_x: float,
        frequency_cutoff_y: float,
        radius: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: spots, sharp."""
    @staticmethod
    def mask_ideal_ring(
        width: int,
        height: int,
        frequency_cutoff: float,
        ringwidth: float,
        *,
        uchar: bool = False,
        nodc: bool = False,
        reject: bool = False,
        optical: bool = False,
    ) -> Image:
        """Filter: ring, sharp."""
    def match(
        self,
        sec: ImageLike,
        xr1: int,
        yr1: int,
        xs1: int,
        ys1: int,
        xr2: int,
        yr2: int,
        xs2: int,
        ys2: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        search: bool = False,
        interpolate: _Interpolate = "bilinear",
    ) -> Image:
        """Register by two points."""
    def match_template(self, ref: ImageLike, *, method: _Likeness = "coefficient") -> Image:
        """Match a template."""
    def math(self, math: _OperationMath) -> Image:
        """Mathematical function."""
    def math2(self, right: ImageLike, math2: _OperationMath2) -> Image:
        """Power of two images."""
    def math2_const(self, math2: _OperationMath2, c: Numeric) -> Image:
        """Power."""
    @staticmethod
    def matrix(values: Numeric, width: int, *, scale: float = 1.0, offset: float = 0.0) -> Image:
        """Matrix of numbers."""
    def matrixinvert(self) -> Image:
        """Invert a matrix."""
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: Literal[False] = False,
        y: Literal[False] = False,
        out_array: Literal[False] = False,
        x_array: Literal[False] = False,
        y_array: Literal[False] = False,
    ) -> Number:
        """Maximum."""
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: Literal[True],
        y: bool = False,
        out_array: bool = False,
        x_array: bool = False,
        y_array: bool = False,
    ) -> tuple[Number, _MaxFound]: ...
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: Literal[True],
        out_array: bool = False,
        x_array: bool = False,
        y_array: bool = False,
    ) -> tuple[Number, _MaxFound]: ...
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: Literal[True],
        x_array: bool = False,
        y_array: bool = False,
    ) -> tuple[Number, _MaxFound]: ...
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: bool = False,
        x_array: Literal[True],
        y_array: bool = False,
    ) -> tuple[Number, _MaxFound]: ...
    @overload
    def max(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: bool = False,
        x_array: bool = False,
        y_array: Literal[True],
    ) -> tuple[Number, _MaxFound]: ...
    def measure(
        self,
        h: int,
        v: int,
        *,
        left: int | None = None,
        top: int | None = None,
        width: int | None = None,
        height: int | None = None,
    ) -> Image:
        """Colour chart."""
    def merge(self, sec: ImageLike, direction: _Direction, dx: int, dy: int, *, mblend: int = 10) -> Image:
        """Join with a seam."""
    @staticmethod
    def micrograph(
        *,
        width: int = 1024,
        height: int = 768,
        count: int = 60,
        seed: int = 0,
        noise: float = 5.0,
    ) -> Image:
        """Micrograph of cells."""
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: Literal[False] = False,
        y: Literal[False] = False,
        out_array: Literal[False] = False,
        x_array: Literal[False] = False,
        y_array: Literal[False] = False,
    ) -> Number:
        """Minimum."""
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: Literal[True],
        y: bool = False,
        out_array: bool = False,
        x_array: bool = False,
        y_array: bool = False,
    ) -> tuple[Number, _MinFound]: ...
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: Literal[True],
        out_array: bool = False,
        x_array: bool = False,
        y_array: bool = False,
    ) -> tuple[Number, _MinFound]: ...
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: Literal[True],
        x_array: bool = False,
        y_array: bool = False,
    ) -> tuple[Number, _MinFound]: ...
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: bool = False,
        x_array: Literal[True],
        y_array: bool = False,
    ) -> tuple[Number, _MinFound]: ...
    @overload
    def min(
        self,
        *,
        size: int = 1,
        x: bool = False,
        y: bool = False,
        out_array: bool = False,
        x_array: bool = False,
        y_array: Literal[True],
    ) -> tuple[Number, _MinFound]: ...
    def morph(self, mask: ImageLike, morph: _OperationMorphology) -> Image:
        """Erode or dilate by a mask."""
    def morph_gradient(self, *, radius: int = 1, vradius: int | None = None, shape: _Shape = "disc") -> Image:
        """Outline (morphological gradient)."""
    @overload
    def mosaic(
        self,
        sec: ImageLike,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: Literal[False] = False,
        dy0: Literal[False] = False,
        scale1: Literal[False] = False,
        angle1: Literal[False] = False,
        dy1: Literal[False] = False,
        dx1: Literal[False] = False,
    ) -> Image:
        """Stitch."""
    @overload
    def mosaic(
        self,
        sec: ImageLike,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: Literal[True],
        dy0: bool = False,
        scale1: bool = False,
        angle1: bool = False,
        dy1: bool = False,
        dx1: bool = False,
    ) -> tuple[Image, _MosaicFound]: ...
    @overload
    def mosaic(
        self,
        sec: ImageLike,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: bool = False,
        dy0: Literal[True],
        scale1: bool = False,
        angle1: bool = False,
        dy1: bool = False,
        dx1: bool = False,
    ) -> tuple[Image, _MosaicFound]: ...
    @overload
    def mosaic(
        self,
        sec: ImageLike,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: bool = False,
        dy0: bool = False,
        scale1: Literal[True],
        angle1: bool = False,
        dy1: bool = False,
        dx1: bool = False,
    ) -> tuple[Image, _MosaicFound]: ...
    @overload
    def mosaic(
        self,
        sec: ImageLike,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: bool = False,
        dy0: bool = False,
        scale1: bool = False,
        angle1: Literal[True],
        dy1: bool = False,
        dx1: bool = False,
    ) -> tuple[Image, _MosaicFound]: ...
    @overload
    def mosaic(
        self,
        sec: ImageLike,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: bool = False,
        dy0: bool = False,
        scale1: bool = False,
        angle1: bool = False,
        dy1: Literal[True],
        dx1: bool = False,
    ) -> tuple[Image, _MosaicFound]: ...
    @overload
    def mosaic(
        self,
        sec: ImageLike,
        direction: _Direction,
        xref: int,
        yref: int,
        xsec: int,
        ysec: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        mblend: int = 10,
        bandno: int = 0,
        dx0: bool = False,
        dy0: bool = False,
        scale1: bool = False,
        angle1: bool = False,
        dy1: bool = False,
        dx1: Literal[True],
    ) -> tuple[Image, _MosaicFound]: ...
    def mosaic1(
        self,
        sec: ImageLike,
        direction: _Direction,
        xr1: int,
        yr1: int,
        xs1: int,
        ys1: int,
        xr2: int,
        yr2: int,
        xs2: int,
        ys2: int,
        *,
        hwindow: int = 5,
        harea: int = 15,
        search: bool = False,
        interpolate: _Interpolate = "bilinear",
        mblend: int = 10,
    ) -> Image:
        """Stitch with rotation and scale."""
    def msb(self, *, band: int | None = None) -> Image:
        """Pick most significant byte from an image."""
    def multiply(self, right: ImageLike) -> Image:
        """Multiply."""
    def opening(self, *, radius: int = 1, vradius: int | None = None, shape: _Shape = "disc") -> Image:
        """Open."""
    def otsu(self) -> Number:
        """Find a threshold (Otsu)."""
    def percent(self, percent: float) -> Integer:
        """Find a threshold by share."""
    @staticmethod
    def perlin(width: int, height: int, *, cell_size: int = 64, uchar: bool = False, seed: int = 0) -> Image:
        """Perlin noise."""
    def perspective(self, corners: Numeric, *, width: int = 0, height: int = 0) -> Image:
        """Straighten perspective."""
    def phasecor(self, in2: ImageLike) -> Image:
        """Phase correlation."""
    def premultiply(self, *, max_alpha: float | None = None) -> Image:
        """Premultiply alpha."""
    def prewitt(self) -> Image:
        """Edges (Prewitt)."""
    def profile(self) -> tuple[Image, Image]:
        """Outlines."""
    @staticmethod
    def profile_load(name: str) -> bytes:
        """Load named ICC profile."""
    def project(self) -> tuple[Image, Image]:
        """Projections."""
    def quadratic(self, coeff: ImageLike, *, interpolate: _Interpolate = "bilinear") -> Image:
        """Warp by a polynomial."""
    def rad2float(self) -> Image:
        """Unpack Radiance coding to float RGB."""
    def rank(self, width: int, height: int, index: int) -> Image:
        """Rank."""
    def recomb(self, m: ImageLike) -> Image:
        """Mix bands by a matrix."""
    def reduce(self, hshrink: float, vshrink: float, *, kernel: _Kernel = "lanczos3", gap: float = 0.0) -> Image:
        """Reduce."""
    def reduceh(self, hshrink: float, *, kernel: _Kernel = "lanczos3", gap: float = 0.0) -> Image:
        """Shrink an image horizontally."""
    def reducev(self, vshrink: float, *, kernel: _Kernel = "lanczos3", gap: float = 0.0) -> Image:
        """Shrink an image vertically."""
    def relational(self, right: ImageLike, relational: _OperationRelational) -> Image:
        """Compare images."""
    def relational_const(self, relational: _OperationRelational, c: Numeric) -> Image:
        """Compare with a number."""
    def remainder(self, right: ImageLike) -> Image:
        """Remainder of two images."""
    def remainder_const(self, c: Numeric) -> Image:
        """Remainder."""
    def remove_field(self, field: str) -> Image:
        """Remove a field of the metadata."""
    def remove_small_objects(self, *, size: int = 64, connectivity: _Connectivity = "8") -> Image:
        """Remove small objects."""
    def replicate(self, across: int, down: int) -> Image:
        """Tile."""
    def resize(
        self,
        scale: float,
        *,
        kernel: _Kernel = "lanczos3",
        vscale: float | None = None,
        gap: float = 2.0,
    ) -> Image:
        """Resize."""
    def rot(self, angle: _Angle) -> Image:
        """Rotate by quarter turns."""
    def rot45(self, *, angle: _Angle45 = "d45") -> Image:
        """Rotate a square by eighth turns."""
    def rotate(
        self,
        angle: float,
        *,
        interpolate: _Interpolate = "bilinear",
        background: Numeric = ...,
        odx: float = 0.0,
        ody: float = 0.0,
        idx: float = 0.0,
        idy: float = 0.0,
    ) -> Image:
        """Rotate by any angle."""
    def round(self, round: _OperationRound) -> Image:
        """Round."""
    def sRGB2HSV(self) -> Image:
        """sRGB to HSV."""
    def sRGB2scRGB(self) -> Image:
        """sRGB to linear RGB."""
    def scRGB2BW(self, *, depth: int = 8) -> Image:
        """Linear RGB to grey."""
    def scRGB2XYZ(self) -> Image:
        """Linear RGB to XYZ."""
    def scRGB2sRGB(self, *, depth: int = 8) -> Image:
        """Linear RGB to sRGB."""
    def scale(self, *, exp: float = 0.25, log: bool = False) -> Image:
        """Stretch to 8 bits."""
    def scharr(self) -> Image:
        """Edges (Scharr)."""
    def sequential(self, *, tile_height: int = 1) -> Image:
        """Check sequential access."""
    def set_field(
        self,
        field: str,
        type: str,
        *,
        numbers: Numeric | None = None,
        text: str | None = None,
        data: Memory | None = None,
    ) -> Image:
        """Set a field of the metadata."""
    def sharpen(
        self,
        *,
        sigma: float = 0.5,
        x1: float = 2.0,
        y2: float = 10.0,
        y3: float = 20.0,
        m1: float = 0.0,
        m2: float = 3.0,
    ) -> Image:
        """Sharpen."""
    def shrink(self, hshrink: float, vshrink: float, *, ceil: bool = False) -> Image:
        """Average pixels."""
    def shrinkh(self, hshrink: int, *, ceil: bool = False) -> Image:
        """Shrink an image horizontally."""
    def shrinkv(self, vshrink: int, *, ceil: bool = False) -> Image:
        """Shrink an image vertically."""
    def sign(self) -> Image:
        """Sign."""
    def similarity(
        self,
        *,
        scale: float = 1.0,
        angle: float = 0.0,
        interpolate: _Interpolate = "bilinear",
        background: Numeric = ...,
        odx: float = 0.0,
        ody: float = 0.0,
        idx: float = 0.0,
        idy: float = 0.0,
    ) -> Image:
        """Rotate and scale."""
    @staticmethod
    def sines(width: int, height: int, *, uchar: bool = False, hfreq: float = 0.5, vfreq: float = 0.5) -> Image:
        """Sine waves."""
    @overload
    def smartcrop(
        self,
        width: int,
        height: int,
        *,
        interesting: _Interesting = "attention",
        attention_x: Literal[False] = False,
        attention_y: Literal[False] = False,
    ) -> Image:
        """Crop to what matters."""
    @overload
    def smartcrop(
        self,
        width: int,
        height: int,
        *,
        interesting: _Interesting = "attention",
        attention_x: Literal[True],
        attention_y: bool = False,
    ) -> tuple[Image, _SmartcropFound]: ...
    @overload
    def smartcrop(
        self,
        width: int,
        height: int,
        *,
        interesting: _Interesting = "attention",
        attention_x: bool = False,
        attention_y: Literal[True],
    ) -> tuple[Image, _SmartcropFound]: ...
    def sobel(self) -> Image:
        """Edges (Sobel)."""
    def spcor(self, ref: ImageLike) -> Image:
        """Correlation with a template."""
    def spectrum(self) -> Image:
        """Power spectrum."""
    @overload
    def split_objects(
        self,
        *,
        depth: float = 1.0,
        connectivity: _Connectivity = "8",
        count: Literal[False] = False,
    ) -> Image:
        """Split touching objects."""
    @overload
    def split_objects(
        self,
        *,
        depth: float = 1.0,
        connectivity: _Connectivity = "8",
        count: Literal[True],
    ) -> tuple[Image, _SplitObjectsFound]: ...
    def stats(self) -> Image:
        """Statistics."""
    def stdif(
        self,
        width: int,
        height: int,
        *,
        s0: float = 50.0,
        b: float = 0.5,
        m0: float = 128.0,
        a: float = 0.5,
    ) -> Image:
        """Local brightness and deviation."""
    def subsample(self, xfac: int, yfac: int, *, point: bool = False) -> Image:
        """Skip pixels."""
    def subtract(self, right: ImageLike) -> Image:
        """Subtract."""
    @staticmethod
    def sum(__in: ImageLike | Sequence[ImageLike]) -> Image:
        """Sum of images."""
    @staticmethod
    def switch(tests: ImageLike | Sequence[ImageLike]) -> Image:
        """First test that holds."""
    @overload
    @staticmethod
    def text(
        text: str,
        *,
        font: str | None = None,
        width: int | None = None,
        height: int | None = None,
        align: _Align = "low",
        justify: bool = False,
        dpi: int | None = None,
        spacing: int = 0,
        fontfile: str | None = None,
        rgba: bool = False,
        wrap: _TextWrap = "word",
        autofit_dpi: Literal[False] = False,
    ) -> Image:
        """Text."""
    @overload
    @staticmethod
    def text(
        text: str,
        *,
        font: str | None = None,
        width: int | None = None,
        height: int | None = None,
        align: _Align = "low",
        justify: bool = False,
        dpi: int | None = None,
        spacing: int = 0,
        fontfile: str | None = None,
        rgba: bool = False,
        wrap: _TextWrap = "word",
        autofit_dpi: Literal[True],
    ) -> tuple[Image, _TextFound]: ...
    @overload
    def threshold(
        self,
        *,
        method: _ThresholdMethod = "otsu",
        level: float = 128.0,
        found: Literal[False] = False,
    ) -> Image:
        """Threshold."""
    @overload
    def threshold(
        self,
        *,
        method: _ThresholdMethod = "otsu",
        level: float = 128.0,
        found: Literal[True],
    ) -> tuple[Image, _ThresholdFound]: ...
    @staticmethod
    def thumbnail(
        filename: str,
        width: int,
        *,
        height: int | None = None,
        size: _Size = "both",
        no_rotate: bool = False,
        crop: _Interesting = "none",
        linear: bool = False,
        import_profile: str | None = None,
        export_profile: str | None = None,
        intent: _Intent = "relative",
        fail_on: _FailOn = "none",
    ) -> Image:
        """Generate thumbnail from file."""
    @staticmethod
    def thumbnail_buffer(
        buffer: Memory,
        width: int,
        *,
        option_string: str | None = None,
        height: int | None = None,
        size: _Size = "both",
        no_rotate: bool = False,
        crop: _Interesting = "none",
        linear: bool = False,
        import_profile: str | None = None,
        export_profile: str | None = None,
        intent: _Intent = "relative",
        fail_on: _FailOn = "none",
    ) -> Image:
        """Generate thumbnail from buffer."""
    def thumbnail_image(
        self,
        width: int,
        *,
        height: int | None = None,
        size: _Size = "both",
        no_rotate: bool = False,
        crop: _Interesting = "none",
        linear: bool = False,
        import_profile: str | None = None,
        export_profile: str | None = None,
        intent: _Intent = "relative",
        fail_on: _FailOn = "none",
    ) -> Image:
        """Fit into a size."""
    def tilecache(
        self,
        *,
        tile_width: int = 128,
        tile_height: int = 128,
        max_tiles: int = 1000,
        access: _Access = "random",
        threaded: bool = False,
        persistent: bool = False,
    ) -> Image:
        """Cache an image as a set of tiles."""
    @staticmethod
    def tonelut(
        *,
        in_max: int | None = None,
        out_max: int | None = None,
        Lb: float = 0.0,
        Lw: float = 100.0,
        Ps: float = 0.2,
        Pm: float = 0.5,
        Ph: float = 0.8,
        S: float = 0.0,
        M: float = 0.0,
        H: float = 0.0,
    ) -> Image:
        """Tone curve."""
    def transpose3d(self, *, page_height: int | None = None) -> Image:
        """Swap pages and rows."""
    def triangle(self) -> Number:
        """Find a threshold (triangle)."""
    def unpremultiply(self, *, max_alpha: float | None = None, alpha_band: int | None = None) -> Image:
        """Unpremultiply alpha."""
    def watershed(
        self,
        markers: ImageLike,
        *,
        mask: ImageLike | None = None,
        connectivity: _Connectivity = "8",
    ) -> Image:
        """Watershed from markers."""
    def white_tophat(self, *, radius: int = 1, vradius: int | None = None, shape: _Shape = "disc") -> Image:
        """Top-hat, bright."""
    @staticmethod
    def worley(width: int, height: int, *, cell_size: int = 64, seed: int = 0) -> Image:
        """Worley noise."""
    def wrap(self, *, x: int | None = None, y: int | None = None) -> Image:
        """Wrap around."""
    @staticmethod
    def xyz(width: int, height: int, *, csize: int = 1, dsize: int = 1, esize: int = 1) -> Image:
        """Coordinates."""
    @staticmethod
    def zone(width: int, height: int, *, uchar: bool = False) -> Image:
        """Zone plate."""
    def zoom(self, xfac: int, yfac: int) -> Image:
        """Repeat pixels."""

class Integer(int):
    """An int that remembers the step that found it."""
    def __new__(cls, value: int, output: _Output) -> Integer: ...
    def __copy__(self) -> Integer: ...
    def __deepcopy__(self, memo: Any) -> Integer: ...

class Interpolate(str):
    """A way to find colours between pixels; as good as its name alone, `interpolate="bicubic"`."""
    NEAREST: str
    BILINEAR: str
    BICUBIC: str
    LBB: str
    NOHALO: str
    VSQBS: str
    @staticmethod
    def new(name: str) -> Interpolate:
        """The interpolator of that name: nearest, bilinear, bicubic, lbb, nohalo, vsqbs."""

class Menu:
    """Entries in the menus of the window, or a shortcut; goes with the add-on, script or console that made it."""
    def __init__(self, native: Any) -> None: ...
    @property
    def active(self) -> bool:
        """Whether it is still there."""
    def close(self) -> None:
        """Take it out of the window, for good."""
    def __repr__(self) -> str: ...

class MutableImage:
    """An image that is changed step by step: what `Image.mutate` gives. Drawing and metadata change it in place."""
    def __init__(self, image: Image) -> None: ...
    def __enter__(self) -> MutableImage: ...
    def __exit__(self, *error: Any) -> None: ...
    def __getattr__(self, name: str) -> Any: ...
    def __repr__(self) -> str: ...

class NoWindowError(Error):
    """Asked for something that only the window has."""

class NotFoundError(Error, KeyError):
    """No image, operation or other thing of that name; a KeyError as well."""

class Number(float):
    """A float that remembers the step that found it."""
    def __new__(cls, value: float, output: _Output) -> Number: ...
    def __copy__(self) -> Number: ...
    def __deepcopy__(self, memo: Any) -> Number: ...

class Numbers(list[float]):
    """A list that remembers the step that found it, as long as nothing in it is changed."""
    def __init__(self, values: Iterable[float], output: _Output) -> None: ...

class Operation:
    """Operations by their names."""
    @staticmethod
    def call(operation_name: str, *values: Any, **options: Any) -> Any:
        """Call an operation with all its inputs, images included; it returns what the method of that name does."""

class OperationError(Error):
    """An operation could not be done on this image."""

class Panel:
    """A panel of the window, made by declaring a class of it."""
    id: str
    title: str
    place: str
    layout: Sequence[str | _Item] | None
    panel: ClassVar[Any]
    @classmethod
    def __init_subclass__(cls, **kwargs: Any) -> None: ...
    def __new__(cls, *args: Any, **kwargs: Any) -> Any: ...
    def show_text(self, name: str, text: object) -> None:
        """Change the text of the label of this name, 4,000 letters at most. Raises ParameterError when there is none."""
    def show_table(self, name: str, table: Table | Mapping[str, Any] | None) -> None:
        """Fill the table of this name from a tt.Table or a dict of columns; None empties it."""
    def show_image(self, name: str, image: Image | None) -> None:
        """Show an image; None takes it away. Its pixels are computed as far as they are seen."""
    def show_plot(
        self,
        name: str,
        y: Any,
        x: Any = None,
        *,
        kind: str = "line",
        title: str = "",
        x_title: str = "",
        y_title: str = "",
    ) -> None:
        """Draw numbers: `y` over `x`, or over 0, 1, 2, … `y` may be a dict of several, by what the legend calls them."""
    def show_histogram(self, name: str, values: Any, *, bins: Any = 50, title: str = "", x_title: str = "") -> None:
        """Draw how often values are how large, as bars. `bins` is how many, or their edges; what is not finite is left out."""
    def show_progress(self, name: str, fraction: float | None, text: object = "") -> None:
        """Move the bar of this name: 0 to 1, below 0 for work of unknown length, None to hide it."""
    def enable(self, name: str, enabled: bool = True) -> None:
        """Whether the field or the button of this name can be used."""
    def close(self) -> None:
        """Take the panel out of the window, for good."""
    def __repr__(self) -> str: ...

class ParameterError(Error, ValueError):
    """A parameter has a wrong type or value, or a name that does not exist; a ValueError as well."""

class Preferences(Panel):
    """Preferences of an add-on, with a page of their own in Edit, Preferences: declared as a tt.Panel is."""

class Progress:
    """How far an evaluation is: what handlers of signal_connect get."""
    run: int
    eta: int
    tpels: int
    npels: int
    percent: int
    def __init__(self, pixels: int, fraction: float, seconds: float) -> None: ...
    def __repr__(self) -> str: ...

class Range:
    """Which numbers are allowed: in an annotation, `size: Annotated[int, tt.Range(1, 50, unit="px")] = 3`."""
    minimum: float
    maximum: float
    unit: str
    step: float | None
    def __init__(self, minimum: float, maximum: float, unit: str = "", step: float | None = None) -> None: ...
    def __repr__(self) -> str: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...

class Recipe:
    """The steps that lead to an image, with named inputs."""
    def __init__(self, *args: NoReturn, **kwargs: NoReturn) -> None: ...
    @property
    def image(self) -> Image:
        """The image that the recipe makes."""
    @property
    def inputs(self) -> list[str]:
        """The names of the pictures that the recipe starts from, in the order of their first use."""
    def to_script(self) -> str:
        """Python text that makes the same image, in the variable `result`."""
    @property
    def steps(self) -> list[str]:
        """The operations of the steps, the first one first, as the recipe panel lists them; the first of them is step 1."""
    def to_json(self, indent: int | None = None) -> str:
        """The recipe as JSON text. Raises RecipeError, which names the step, for pixels in memory."""
    def save(self, path: FilePath) -> None:
        """Write the recipe to a JSON file, whole or not at all. Raises FileError or RecipeError."""
    def apply(self, picture: Picture | None = None, /, **pictures: Picture) -> Image:
        """The same steps on other pictures: images, paths or arrays, by the names of `inputs`, or one without a name."""
    def with_step(self, step: int | str, /, **parameters: Any) -> Image:
        """The image with other parameters for one step, and all later steps done again on top of it."""
    def without_step(self, step: int | str, /) -> Image:
        """The image without one step: the image that the step worked on takes its place."""
    def __repr__(self) -> str: ...
    @staticmethod
    def from_json(text: str | bytes | bytearray) -> Recipe:
        """The recipe that to_json wrote. Raises RecipeError with the reason."""
    @staticmethod
    def load(path: FilePath) -> Recipe:
        """The recipe in a file. Raises FileError or RecipeError."""

class RecipeError(Error):
    """A recipe cannot be written down, read, or used on these images."""

class Region:
    """Pixels of an image, one rectangle after the other."""
    def __init__(self, image: Image) -> None: ...
    @staticmethod
    def new(image: Image) -> Region:
        """A region on the image."""
    def fetch(self, x: int, y: int, w: int, h: int) -> bytes:
        """The pixels of the rectangle as bytes, rows from top to bottom."""
    @property
    def width(self) -> int:
        """The width of the image."""
    @property
    def height(self) -> int:
        """The height of the image."""

class Source:
    """Where an encoded picture comes from: a file, memory, or a descriptor such as a pipe's."""
    def __init__(self) -> None: ...
    @staticmethod
    def new_from_file(filename: FilePath) -> Source:
        """A file, which must be there when an image is made of it."""
    @staticmethod
    def new_from_memory(data: Memory) -> Source:
        """Encoded bytes."""
    @staticmethod
    def new_from_descriptor(descriptor: int) -> Source:
        """A descriptor, which is read to its end, and stays open."""
    def filename(self) -> str | None:
        """The name of the file; None for other sources."""
    def nick(self) -> str:
        """What messages and recipes call it."""

class SourceCustom(Source):
    """Bytes that a Python function reads."""
    def __init__(self) -> None: ...
    def on_read(self, handler: Callable[[int], Any]) -> None:
        """Read with handler(size), which gives that many bytes at most, and none at the end."""
    def on_seek(self, handler: Callable[[int, int], Any]) -> None:
        """Taken as pyvips does; since the source is read once from where it stands, it is not called."""
    def nick(self) -> str: ...

class Table:
    """Columns of equal length by name, each a numpy array of one dimension, with a unit where it has one."""
    def __init__(self, columns: Mapping[str, Any], units: Mapping[str, str] | None = None) -> None:
        """Columns from sequences of one length. Raises ParameterError for other lengths and for units without a column."""
    @property
    def units(self) -> dict[str, str]:
        """The unit of each column that has one; may be changed."""
    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as dicts of plain numbers and texts."""
    def keys(self) -> list[str]:
        """The names of the columns."""
    def values(self) -> list[Array]:
        """The columns."""
    def items(self) -> list[tuple[str, Array]]:
        """The names and the columns."""
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[str]: ...
    def __contains__(self, name: object) -> bool: ...
    def __getitem__(self, key: Any) -> Any:
        """A column by its name, or the rows of a mask, of a slice or of a list of numbers as a Table."""
    def __setitem__(self, name: str, values: Any) -> None:
        """Adds or replaces a column; one value fills it."""
    def __delitem__(self, name: str) -> None: ...
    def __eq__(self, other: object) -> bool:
        """The same columns with equal values and units; not a number is equal to itself."""
    def sorted(self, by: str, descending: bool = False) -> Table:
        """The rows in the order of a column; equal ones stay in theirs, and what is not a number comes last."""
    @staticmethod
    def concat(tables: Sequence[Table]) -> Table:
        """The rows of several tables, one table after the other, with the columns in the order of the first."""
    def to_csv(self, path: FilePath, separator: str = ",") -> None:
        """Write a text file that spreadsheets and pandas read: one line of names with units, as `area [px²]`, then the rows."""
    def to_pandas(self) -> Any:
        """The table as a pandas DataFrame, with the units in `attrs["units"]`. Raises ImportError where pandas is missing."""
    def __repr__(self) -> str: ...

class Target:
    """Where an encoded picture goes: a file, memory, or a descriptor."""
    def __init__(self) -> None: ...
    @staticmethod
    def new_to_file(filename: FilePath) -> Target:
        """A file, which is written over."""
    @staticmethod
    def new_to_memory() -> Target:
        """Memory: `get("blob")` has the bytes afterwards."""
    @staticmethod
    def new_to_descriptor(descriptor: int) -> Target:
        """A descriptor, which stays open."""
    def get(self, name: str) -> bytes:
        """The bytes in memory, as `get("blob")`."""
    def filename(self) -> str | None:
        """The name of the file; None for other targets."""

class TargetCustom(Target):
    """A Python function that takes the bytes as they are encoded, on the threads that encode."""
    def __init__(self) -> None: ...
    def on_write(self, handler: Callable[[bytes], Any]) -> None:
        """Write with handler(bytes), which returns how many it took; None means all."""
    def on_read(self, handler: Callable[[int], Any]) -> None:
        """Read with handler(size) what was written; some formats need it, with on_seek, and are encoded in memory without."""
    def on_seek(self, handler: Callable[[int, int], int]) -> None:
        """Go elsewhere with handler(offset, whence), which returns the new position."""
    def on_end(self, handler: Callable[[], Any]) -> None:
        """Call handler() when all has been written."""
    def on_finish(self, handler: Callable[[], Any]) -> None:
        """The same as on_end."""

class Timer:
    """A call to come, or several; tt.timers makes them."""
    def __init__(self, *args: NoReturn, **kwargs: NoReturn) -> None: ...
    def cancel(self) -> None:
        """Begin no further call; one that runs goes on. Harmless when there is none to come."""
    @property
    def active(self) -> bool:
        """Whether a call is still to come, or runs."""
    @property
    def seconds(self) -> float:
        """The time before the call, or between calls, in seconds."""
    @property
    def repeats(self) -> bool:
        """Whether the function is called again and again."""
    def __repr__(self) -> str: ...

class UnknownOperationError(NotFoundError, AttributeError):
    """No operation of that name; an AttributeError as well."""

addons: _Addons

app: _App

def ask_handlers(name: str, /, *, timeout: float = 5.0, **data: Any) -> list[Answer]:
    """Ask all handlers of an event of your own at once, and wait for their answers, so many seconds at most."""

def at_least_libvips(x: int, y: int) -> bool:
    """Whether libvips has at least the version x.y."""

def batch(
    work: Callable[..., Any] | Recipe | Image | FilePath,
    inputs: FilePath | Iterable[FilePath],
    out: FilePath | None = None,
    *,
    save: Mapping[str, Any] | None = None,
    format: str | None = None,
    table: FilePath | None = None,
    report: FilePath | None = None,
    journal: FilePath | None = None,
    resume: bool = False,
    overwrite: bool = False,
    verify: bool = False,
    jobs: int | None = None,
    executor: str | None = None,
    timeout: float | None = None,
    recursive: bool = False,
    root: FilePath | None = None,
    input: str | None = None,
    pictures: Mapping[str, FilePath] | None = None,
    pages: str = "all",
    dry_run: bool = False,
) -> _BatchResult:
    """Do the same to many files; `tintype batch` is this function on the command line."""

def button(title: str, handler: str | Callable[..., object], *, name: str = "", help: str = "") -> _Item:
    """A button of a panel."""

def cache_get_max() -> int:
    """What cache_set_max was given last."""

def cache_get_max_files() -> int:
    """What cache_set_max_files was given last."""

def cache_get_max_mem() -> int:
    """What cache_set_max_mem was given last."""

def cache_set_max(mx: int) -> None:
    """Taken as pyvips does. 0 forgets all pipelines that were built; other numbers have no effect."""

def cache_set_max_files(mx: int) -> None:
    """Taken as pyvips does. 0 forgets all pipelines that were built; other numbers have no effect."""

def cache_set_max_mem(mx: int) -> None:
    """Taken as pyvips does. 0 forgets all pipelines that were built; other numbers have no effect."""

def cache_set_trace(trace: bool) -> None:
    """Taken as pyvips does, without effect."""

def check_cancelled() -> None:
    """Raise Cancelled when the running code was stopped; call it now and then in long loops of your own."""

def colour_map(name: str, table: Sequence[Any] | Array, *, title: str = "") -> None:
    """Bring a colour map, by which `im.colour_map(name)` shows values as colours."""

def contours(labels: Image, connectivity: int = 8) -> dict[int, list[Array]]:
    """The outlines of every object of an image of labels, as polygons along the edges of the pixels."""

data: _Data

def edit_step(step: int | str, /, *, image: str | None = None, **parameters: Any) -> Image:
    """Give a step of the current image other parameters, and do all later steps again on top of it; one undo step."""

def emit(name: str, /, **data: Any) -> None:
    """Tell the handlers of an event of your own, whose name has a point; returns at once."""

def file_format(
    id: str,
    *,
    title: str = "",
    suffixes: str | Iterable[str],
    load: Callable[..., Any] | None = None,
    save: Callable[..., Any] | None = None,
    sniff: bytes | Iterable[bytes] = ...,
) -> None:
    """Open or save files of one more format, wherever Tintype opens or saves pictures: tt.open, the window, batches, recipes."""

def get_suffixes() -> builtins.list[str]:
    """The file name endings, with the dot, that can be saved."""

def image(name: str, *, title: str = "") -> _Item:
    """An image to look at, set by `self.show_image(name, image)`: computed as far as it is seen, as on the canvas."""

def label(text: str, *, name: str = "") -> _Item:
    """A text. One with a `name` can be changed: `self.show_text(name, "3 found")`."""

def measure(
    labels: Image,
    image: Image | None = None,
    *,
    pixel_size: float | None = None,
    unit: str = "µm",
) -> Table:
    """Measure every object of an image of labels, and with an `image` of the same size its intensity there."""

def menu(path: str, entries: Iterable[Any]) -> Menu:
    """Put entries into a menu of the window: `tt.menu("Operations/Grains", [("Count", count), ("Sizes…", sizes, "Ctrl+Alt+G")])`."""

def off(name: str, fn: Callable[[Event], Any]) -> None:
    """No longer call the function. Raises NotFoundError when it is not a handler of these events."""

def on(name: str, fn: Callable[[Event], Any] = ...) -> Any:
    """Call the function with each event of this name from now on: as a decorator, or with the function as `fn`."""

def open(path: FilePath, **options: Any) -> Image:
    """All planes of an image file: pages, z, time and channels, as `im.axes` tells them. Otherwise as new_from_file."""

def operation(
    id: str,
    *,
    title: str = "",
    category: str = "Your own",
    tilewise: bool = False,
    keywords: Iterable[str] = ...,
    help: str = "",
) -> Callable[[T], T]:
    """Make an operation of a function: in the menu, in the search, in Python, in recipes, on the command line."""

ops: _Operations

def plot(name: str, *, title: str = "") -> _Item:
    """A plot, drawn by `self.show_plot(name, y)` or `self.show_histogram(name, values)`."""

def progress(iterable: Iterable[T], title: str = "Working", total: int | None = None) -> Iterator[T]:
    """Go through the items and show how far it is. Stop ends the loop."""

def progress_bar(name: str) -> _Item:
    """A bar, moved by `self.show_progress(name, 0.5, "Half of them")`; hidden until then."""

project: _Project

def redo() -> str | None:
    """Do again what undo took back. Returns its title, or None when there is nothing to redo."""

def remove_colour_map(name: str) -> None:
    """Take away a colour map that this script, console or add-on has defined."""

def remove_file_format(id: str) -> None:
    """Take away a file format that this script, console or add-on has defined."""

def remove_operation(id: str) -> None:
    """Take away an operation that this script, console or add-on has defined."""

def remove_step(step: int | str, /, *, image: str | None = None) -> Image:
    """Leave a step out of the current image: the image that it worked on takes its place; one undo step."""

def row(*items: Any) -> _Item:
    """Fields, buttons and the like beside each other: `tt.row("width", "height")`."""

def section(title: str, *items: Any, is_open: bool = True) -> _Item:
    """Fields and the like below a heading that opens and closes them."""

def shortcut(keys: str, handler: str | Callable[[], object], *, title: str = "") -> Menu:
    """Call a function, or choose an operation by its id, when keys such as "Ctrl+Alt+D" are pressed."""

def shutdown() -> None:
    """Taken as pyvips does, without effect: images may live until the end."""

def sleep(seconds: float) -> None:
    """Wait; Stop ends it at once, with Cancelled."""

def table(name: str, *, title: str = "") -> _Item:
    """A table, filled by `self.show_table(name, table)`. A click on a heading sorts it."""

timers: _Timers

def type_find(basename: str, nickname: str) -> int:
    """A number other than 0 when there is an operation of that name."""

def type_from_name(name: str) -> int:
    """The number of the type that GLib calls so; 0 for one that no field has."""

def type_name(gtype: int) -> str:
    """GLib's name of a type: "gint", "VipsBlob", … Raises NotFoundError for a number that stands for none."""

ui: _Ui

def undo() -> str | None:
    """Take back the last edit. Returns its title, or None when there is nothing to undo."""

@contextmanager
def undo_group(title: str) -> Iterator[None]:
    """What is done inside is one undo step with this title. A group inside another is part of it."""

def values_for_enum(name: str) -> builtins.list[str]:
    """The values of a libvips enumeration: values_for_enum("VipsKernel")."""

def version(flag: int) -> int:
    """A number of the version of libvips: 0 the major one, 1 the minor one, 2 the micro one."""

active: Any
__version__: str
__all__ = [
    "Addon",
    "AddonError",
    "Answer",
    "Cancelled",
    "Error",
    "Event",
    "Field",
    "FileError",
    "GValue",
    "Image",
    "Integer",
    "Interpolate",
    "Menu",
    "MutableImage",
    "NoWindowError",
    "NotFoundError",
    "Number",
    "Numbers",
    "Operation",
    "OperationError",
    "Panel",
    "ParameterError",
    "Preferences",
    "Progress",
    "Range",
    "Recipe",
    "RecipeError",
    "Region",
    "Source",
    "SourceCustom",
    "Table",
    "Target",
    "TargetCustom",
    "Timer",
    "UnknownOperationError",
    "active",
    "addons",
    "app",
    "ask_handlers",
    "at_least_libvips",
    "batch",
    "button",
    "cache_get_max",
    "cache_get_max_files",
    "cache_get_max_mem",
    "cache_set_max",
    "cache_set_max_files",
    "cache_set_max_mem",
    "cache_set_trace",
    "check_cancelled",
    "colour_map",
    "contours",
    "data",
    "edit_step",
    "emit",
    "file_format",
    "get_suffixes",
    "image",
    "label",
    "measure",
    "menu",
    "off",
    "on",
    "open",
    "operation",
    "ops",
    "plot",
    "progress",
    "progress_bar",
    "project",
    "redo",
    "remove_colour_map",
    "remove_file_format",
    "remove_operation",
    "remove_step",
    "row",
    "section",
    "shortcut",
    "shutdown",
    "sleep",
    "table",
    "timers",
    "type_find",
    "type_from_name",
    "type_name",
    "ui",
    "undo",
    "undo_group",
    "values_for_enum",
    "version",
]
