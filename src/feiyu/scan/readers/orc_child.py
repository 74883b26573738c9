"""The process apart that reads an ORC source: it asks for it through a socket, and writes an Arrow stream of its batches on standard output.

The ORC library lays out as many rows as a batch has, whatever a value weighs that a stripe holds once and repeats, and it trusts the file in
more than one place, its footer among them.

Rules this module keeps:
 * memory is bounded before the source is opened, where the system can do so; what does not fit ends this process, not the scan;
 * the source is all that is read.
"""

import contextlib
import sys

import pyarrow as pa

from feiyu.base.lean import leave_out_pandas
from feiyu.scan.readers.apart import Lent
from feiyu.scan.table import BATCH_ROWS

MEMORY_BYTES = 3 << 30
REFUSES = 3
ROWS = BATCH_ROWS // 4
NUMBER = b"rows"
"""Under this name the schema of the stream says how many rows the footer promises."""


def main(line: int, size: int) -> int:
    """Write every batch; ``REFUSES`` where the library refuses, with its words on standard error."""
    from pyarrow import dataset, orc

    try:
        with pa.PythonFile(Lent(line, size), mode="r") as file:
            rows = orc.ORCFile(file).nrows
            part = dataset.OrcFileFormat().make_fragment(file)
            read = part.scanner(batch_size=ROWS, use_threads=False, batch_readahead=0, fragment_readahead=0)
            schema = part.physical_schema.with_metadata({NUMBER: str(rows)})
            with pa.ipc.new_stream(sys.stdout.buffer, schema) as writer:
                sys.stdout.buffer.flush()
                for batch in read.to_batches():
                    writer.write_batch(batch)
                    sys.stdout.buffer.flush()
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        sys.stderr.write(
            str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        )
        return REFUSES
    return 0


def bound() -> None:
    """Bound this process, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    bound()
    leave_out_pandas()
    raise SystemExit(main(int(sys.argv[1]), int(sys.argv[2])))
