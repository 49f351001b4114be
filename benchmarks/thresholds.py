"""The study behind the thresholds in `helpers/clusters.py`: make thresholds.

It keeps each result as soon as it has it, and goes on from there when it was stopped. What is measured stands in
`benchmarks.clusterings`, and what becomes of the numbers in `benchmarks.findings`.
"""

import argparse
import json
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import sklearn
from rich.progress import Progress

from benchmarks import clusterings, findings
from grading.pages.terminal import console

KEPT = findings.ROOT / "build" / "thresholds" / f"scikit-learn-{sklearn.__version__}.jsonl"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def main(arguments=None):
    """Measure what is not measured yet, then write the result, the picture and the tables."""
    parser = argparse.ArgumentParser(prog="make thresholds", description=__doc__.partition(":")[0])
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="each takes one core (default: all)")
    parser.add_argument("--write-only", action="store_true", help="write the tables and the picture again")
    options = parser.parse_args(arguments)
    if not options.write_only:
        findings.store(run(clusterings.plan(), KEPT, options.processes))
    findings.write()


def run(jobs, path, processes):
    """Measure jobs on several cores, and keep each result in a file of JSON lines.

    Parameters
    ----------
    jobs : list of (str, int, int)
        As `clusterings.plan` gives them.
    path : pathlib.Path
        What it holds already is not measured again.
    processes : int
        One thread each: two that share two cores wait for each other.

    Returns
    -------
    list of dict
        A result for each job, in their order.
    """
    done = kept(path)
    left = [job for job in jobs if job not in done]
    path.parent.mkdir(parents=True, exist_ok=True)
    os.environ.update(dict.fromkeys(THREADS, "1"))
    spawned = get_context("spawn")                      # so that NumPy reads these when it is imported
    with (Progress(console=console()) as bar, open(path, "a") as file,
          ProcessPoolExecutor(processes, spawned, clusterings.end_with_parent) as pool):
        task = bar.add_task("fitting", total=len(jobs), completed=len(jobs) - len(left))
        print(file=file)                                # ends a line that was cut off
        waiting = [pool.submit(clusterings.measure, *job) for job in left]
        try:
            for future in as_completed(waiting):
                result = future.result()
                done[_job(result)] = result
                print(json.dumps(result), file=file, flush=True)
                bar.update(task, advance=1, description=result["name"])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [done[job] for job in jobs]


def kept(path):
    """Read results by job; a line that was cut off when the study was killed is passed over."""
    results = {}
    for line in Path(path).read_text().split("\n") if Path(path).exists() else ():
        try:
            result = json.loads(line)
            results[_job(result)] = result
        except (ValueError, KeyError):
            continue
    return results


def _job(result):
    return result["name"], result["k"], result["seed"]


if __name__ == "__main__":
    main()
