# pyvips' conventions for watching evaluations and ending them.
# SPDX-License-Identifier: GPL-3.0-or-later
import gc
import threading
import weakref

import pytest

import tintype as pyvips


def watched(image, names=("preeval", "eval", "posteval")):
    told = []
    image.set_progress(True)
    for name in names:
        image.signal_connect(name, lambda source, progress, name=name: told.append((name, progress.percent, source.width)))
    return told


def test_the_example_of_pyvips_tells_begin_progress_and_end():
    image = pyvips.Image.black(100, 5000)
    told = watched(image)
    image.avg()
    names = [name for name, _, _ in told]
    assert names[0] == "preeval" and names[-1] == "posteval" and "eval" in names[1:-1]
    percents = [percent for _, percent, _ in told]
    assert percents[0] == 0 and percents[-1] == 100 and percents == sorted(percents)
    assert {width for _, _, width in told} == {100}


def test_progress_says_what_pyvips_says():
    image = pyvips.Image.black(10, 500)
    found = []
    image.set_progress(True)
    image.signal_connect("posteval", lambda source, progress: found.append(progress))
    image.avg()
    assert (found[0].tpels, found[0].npels, found[0].percent) == (5000, 5000, 100)
    assert found[0].run >= 0 and found[0].eta >= 0


@pytest.mark.parametrize("use", [
    lambda image, path: image.avg(), lambda image, path: image.numpy(), lambda image, path: image.write_to_memory(),
    lambda image, path: image.write_to_file(path), lambda image, path: image.write_to_buffer(".png"),
    lambda image, path: memoryview(image), lambda image, path: image.invert().max(), lambda image, path: image.copy_memory(),
])  # fmt: skip
def test_every_way_to_compute_is_told_also_of_what_is_made_of_the_image(use, tmp_path):
    image = pyvips.Image.gaussnoise(300, 300)
    told = watched(image)
    use(image, tmp_path / "out.png")
    assert [name for name, _, _ in told][::len(told) - 1] == ["preeval", "posteval"]


def test_only_the_nearest_watcher_is_told():
    image = pyvips.Image.black(100, 100)
    derived = image.invert()
    told, told_of_derived = watched(image), watched(derived)
    derived.avg()
    assert not told and told_of_derived
    image.avg()
    assert told


def test_nobody_is_told_before_or_after_set_progress():
    image = pyvips.Image.black(100, 100)
    told = []
    image.signal_connect("eval", lambda *_: told.append(1))
    image.avg()
    assert not told
    image.set_progress(True)
    image.avg()
    count = len(told)
    assert count
    image.set_progress(False)
    image.avg()
    assert len(told) == count


def test_the_watch_ends_with_the_image_object():
    image = pyvips.Image.black(100, 100)
    told = watched(image)
    derived, gone = image.invert(), weakref.ref(image)
    del image
    gc.collect()
    assert gone() is None
    derived.avg()
    assert not told


def test_the_watch_goes_along_when_metadata_is_set():
    image = pyvips.Image.black(100, 100)
    told = watched(image)
    image.set_type(pyvips.GValue.gint_type, "number", 1)
    image.avg()
    assert told


def test_set_kill_ends_an_evaluation_from_its_handler():
    image = pyvips.Image.gaussnoise(2000, 4000)
    seen = []

    def handler(source, progress):
        seen.append(progress.percent)
        if progress.percent > 10:
            source.set_kill(True)

    image.set_progress(True)
    image.signal_connect("eval", handler)
    with pytest.raises(pyvips.Error, match="set_kill"):
        image.avg()
    assert max(seen) < 100
    with pytest.raises(pyvips.Error, match="set_kill"):
        image.invert().avg()
    image.set_kill(False)
    image.set_progress(False)
    assert image.crop(0, 0, 10, 10).avg() > 0


def test_set_kill_ends_an_evaluation_from_another_thread():
    begun = threading.Event()
    released = threading.Event()

    def slow(tile):
        begun.set()
        released.wait(30)
        return tile

    image = pyvips.Image.black(2000, 2000).map_tiles(slow, format="uchar", bands=1)

    def kill():
        begun.wait(30)
        image.set_kill(True)
        released.set()

    thread = threading.Thread(target=kill)
    thread.start()
    with pytest.raises(pyvips.Error, match="set_kill"):
        image.avg()
    thread.join()


def test_what_a_handler_raises_ends_the_evaluation():
    image = pyvips.Image.black(500, 500)
    image.set_progress(True)

    def fail(source, progress):
        raise KeyError("progress is a word")

    image.signal_connect("eval", fail)
    with pytest.raises(pyvips.Error) as raised:
        image.avg()
    assert isinstance(raised.value.__cause__, KeyError)


def test_bad_names_and_handlers_are_refused():
    image = pyvips.Image.black(5, 5)
    with pytest.raises(pyvips.ParameterError, match="preeval, eval, posteval"):
        image.signal_connect("finished", print)
    with pytest.raises(pyvips.ParameterError, match="signal_connect"):
        image.signal_connect("eval", None)
