# Leads a batch: gives files to workers, puts outputs in their places, keeps the journal.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import errno
import os
import re
import shutil
import time

from .. import _progress, _tintype, parallel
from .._tintype import Cancelled, ParameterError
from ..parallel import _inner
from . import checks, leftovers, places, report
from .journal import Journal
from .one_file import FileTask, OneFile, digest
from .plan import Plan
from .result import BatchResult
from .work import RecipeWork, work_of

# More than anybody reads; the report has them all.
MOST_FAILURES = 1000


def run(settings):
    """What tt.batch does."""
    batch = Batch(settings)
    batch.run()
    return batch.result


class Batch:
    """One batch, prepared: whatever is wrong with the settings is raised here, before anything is written."""

    def __init__(self, settings):
        self._settings = settings
        self._work = work_of(settings)
        if settings.out is None and isinstance(self._work, RecipeWork):
            raise ParameterError("batch: a recipe gives a picture of each file, but nothing says where it goes; give out")
        self._workers = settings.workers()
        self._executor = settings.executor or ("threads" if self._workers == 1 else self._work.executor)
        self._check_travel()
        self._journal_path = settings.journal_path()
        self._goes_on = settings.resume and os.path.exists(self._journal_path)
        self._plan = None
        if not self._goes_on:
            self._plan = self._make_plan(settings.overwrite or settings.dry_run)
            if not settings.overwrite and not settings.dry_run:
                self._plan.refuse_existing()
        self.result = BatchResult()
        self.has_begun = False  # until then whatever is raised is due to what was asked for
        self._under_way = {}

    def _make_plan(self, may_exist, known_outputs=()):
        """Raises what is wrong with the settings; `may_exist` tells whether report and table may be there already."""
        plan = Plan(self._settings, known_outputs)
        checks.saving([file.output for file in plan.files if file.output], self._settings.save)
        places.check(self._settings, plan.files, self._journal_path, may_exist)
        return plan

    def _check_travel(self):
        """Raises ParameterError for an executor that there is not, and for work that cannot be sent to it."""
        try:
            _inner.check_executor(self._executor)
            if self._executor != "threads":
                _inner.check_travel(self._work.what_travels())
        except ParameterError as error:
            raise ParameterError(f"batch: {str(error).removeprefix('tt.parallel: ')}") from None
        except parallel.UnpicklableError as error:
            raise ParameterError(
                f'batch: {error}; use executor="threads", or put a function process(image, info) in a file of its own'
            ) from None

    def run(self):
        """Do all files. Raises FileError when the journal cannot be kept, Cancelled or KeyboardInterrupt when it is stopped."""
        if self._settings.dry_run and not self._goes_on:
            return self._show(self._plan.files)
        with Journal(self._journal_path) as journal:
            todo = self._begin(journal)
            if self._settings.dry_run:
                return self._show(todo)
            begin = time.monotonic()
            self.has_begun = True
            try:
                self._do(todo, journal)
            except (KeyboardInterrupt, Cancelled):
                self._write_up(journal)
                raise
            finally:
                self.result.seconds = time.monotonic() - begin
            self._write_up(journal)

    def _show(self, todo):
        self.result.total = len(self._plan.files)
        self.result.planned = [(file.path, file.output) for file in todo]

    def _begin(self, journal):
        work = self._description()
        if self._goes_on and journal.head is not None:
            if work["what is done"] is None:
                raise ParameterError(
                    f"batch: resume cannot tell whether {self._work.name} is still the same: it uses pixels in memory, or an object "
                    "whose content cannot be read; take those from files"
                )
            entries = [*journal.done.values(), *journal.ready.values()]
            self._plan = self._make_plan(True, [entry.output for entry in entries])
            journal.go_on(work)
            todo = self._plan.open_files(journal)
        else:
            if self._plan is None:
                self._plan = self._make_plan(self._settings.overwrite)
            journal.begin(work)
            todo = self._plan.files
        self.result.total = len(self._plan.files)
        self.result.done_before = self.result.total - len(todo)
        return todo

    def _description(self):
        """What must be the same for a batch to go on."""
        settings = self._settings
        save = {name: settings.save[name] for name in sorted(settings.save)}
        return {
            "what is done": self._work.fingerprint(),
            "options to save": repr(save),
            "names of outputs (out, format)": [settings.out, settings.format],
            "pages": settings.pages,
        }

    def _do(self, todo, journal):
        leftovers.remove([file.output for file in self._plan.files if file.output], own=False)
        if not todo:
            journal.sync()
            return
        settings = self._settings
        workers = min(self._workers, max(1, len(todo)))
        one_file = OneFile(self._work, settings.save, settings.verify, settings.pages)
        run = _inner.Run(one_file, self._tasks(todo), self._executor, workers, settings.timeout)
        try:
            with _cores_shared_out(self._executor, workers):
                for _, record in _progress.progress(run.as_they_come(), "Batch", len(todo)):
                    self._take(record, journal)
            journal.sync()
        except BaseException:
            # Whatever it is, nobody will take what comes from now on.
            run.stop()
            raise
        finally:
            leftovers.remove([task.output for task in self._under_way.values() if task.output], own=True)

    def _tasks(self, todo):
        for file in todo:
            part = leftovers.part_of(file.output, file.index) if file.output else None
            task = FileTask(file.index, file.path, file.key, file.output and os.path.abspath(file.output), part)
            self._under_way[file.index] = task
            yield task

    def _take(self, record, journal):
        if isinstance(record, parallel.Failure):
            if record.item.output:
                leftovers.remove([record.item.output], own=True)
            record = {"index": record.item.index, "input": record.item.path, **_failure(record, self._settings.timeout)}
        planned = self._plan.files[record["index"] - 1]
        if "error" not in record:
            self._finish(planned, record, journal)
        if "error" in record:
            record["error"] = _as_given(record["error"], planned)
            journal.has_failed(planned.key, record)
            self.result.failed += 1
            if self.result.failed <= MOST_FAILURES:
                self.result.failures.append(report.public(record, planned))
        else:
            self.result.done += 1
        del self._under_way[planned.index]

    def _finish(self, planned, record, journal):
        part = record.pop("part", None)
        if part is None:
            journal.is_ready(planned.key, record)
            journal.is_done(planned.key)
            return
        record["output"] = planned.output
        try:
            own = self._settings.overwrite or self._is_own(planned, record, journal)
            journal.is_ready(planned.key, record)
            _put_in_place(part, planned.output, own)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.remove(part)
            reason = "exists already, and holds something else; overwrite writes over it"
            text = reason if error.errno == errno.EEXIST else f"could not be put in its place: {error.strerror}"
            record["error"] = f"{planned.output}: {text}"
            return
        journal.is_done(planned.key)

    @staticmethod
    def _is_own(planned, record, journal):
        """Whether what stands in the output's place was made by this batch."""
        made = (record["output_sha256"], *journal.made.get(planned.key, ()))
        return os.path.isfile(planned.output) and digest(planned.output) in made

    def _write_up(self, journal):
        if self._settings.report is not None:
            report.write_report(self._settings.report, self._plan, journal)
        if self._settings.table is not None:
            self.result.rows = report.write_table(self._settings.table, self._plan, journal)


@contextlib.contextmanager
def _cores_shared_out(executor, workers):
    """One file on each core, rather than all cores on each file, as long as there are enough. Processes see to it themselves; and
    in a window the number of threads is that of the canvas as well, which would be slower meanwhile."""
    threads = _tintype.engine_threads()
    if executor == "threads" and not _tintype.has_window():
        _tintype.set_engine_threads(max(1, _inner.share() // workers))
    try:
        yield
    finally:
        _tintype.set_engine_threads(threads)


def _put_in_place(part, output, own):
    """Raises OSError, with EEXIST for a file that may not be written over."""
    if own:
        os.replace(part, output)
        return
    try:
        os.link(part, output)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise
        # File systems without hard links.
        if os.path.lexists(output):
            raise FileExistsError(errno.EEXIST, "exists", output) from None
        shutil.move(part, output)
        return
    os.remove(part)


def _as_given(text, planned):
    """Workers know the files from the root; people know them as they gave them."""
    for path, known in ((planned.key, planned.path), (planned.output and os.path.abspath(planned.output), planned.output)):
        if path:
            text = re.sub(rf"(?<![\w./-]){re.escape(path)}(?!\w)", lambda _: known, text)
    return text


def _failure(failure, timeout):
    """What the report says of a worker that gave no record."""
    text = str(failure.error).removesuffix(".")
    if failure.kind == "timeout":
        return {"error": f"{failure.item.path}: it took longer than its time limit of {timeout:g} s", "kind": failure.kind}
    if failure.kind == "crashed":
        # The batch has numbers of its own, and names the file already.
        text = re.sub(r"^The process that worked on item \d+ \(.*\) (?=was|ended|vanished)", "the process that worked on it ", text)
    told = {"error": f"{failure.item.path}: {text}", "kind": failure.kind}
    has_lines = failure.traceback and failure.traceback.strip() != str(failure.error)
    return told | ({"traceback": failure.traceback} if has_lines else {})
