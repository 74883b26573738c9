"""The process apart that reads an ORC file: a path as argument, an Arrow stream of its batches on standard output.

The ORC library lays out as many rows as a batch has, whatever a value weighs that a stripe holds once and repeats, and it trusts the file in
more than one place.

Rules this module keeps:
 * memory is bounded before the file is opened, where the system can do so; what does not fit ends this process, not the scan;
 * the path is opened for reading, and nothing else.
"""

import contextlib
import sys

import pyarrow as pa

from feiyu.scan.table import BATCH_ROWS

MEMORY_BYTES = 3 << 30
REFUSES = 3
ROWS = BATCH_ROWS // 4


def main(path: str) -> int:
    """Write every batch; ``REFUSES`` where the library refuses, with its words on standard error."""
    from pyarrow import dataset

    try:
        with pa.OSFile(path) as file:
            part = dataset.OrcFileFormat().make_fragment(file)
            read = part.scanner(batch_size=ROWS, use_threads=False, batch_readahead=0, fragment_readahead=0)
            with pa.ipc.new_stream(sys.stdout.buffer, part.physical_schema) as writer:
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
    raise SystemExit(main(sys.argv[1]))
