"""A pool of workers with a bounded queue; results come back in order."""

import multiprocessing
from collections import deque
from concurrent.futures import ProcessPoolExecutor

from . import ballot_batch


class Pool:
    """jobs = 1, or a machine without processes: everything runs here."""

    def __init__(self, jobs, arguments, take):
        """take(result) is called for every batch, in order of submission."""
        self.take, self.waiting, self.most = take, deque(), 2 * jobs
        self.executor = None
        if jobs > 1:
            try:
                self.executor = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"),
                                                    ballot_batch.start_worker, arguments)
            except OSError:
                pass
        if self.executor is None:
            ballot_batch.start_worker(*arguments)

    def submit(self, entries):
        if self.executor is None:
            self.take(ballot_batch.run_in_worker(entries))
            return
        self.waiting.append(self.executor.submit(ballot_batch.run_in_worker, entries))
        while len(self.waiting) > self.most:
            self.take(self.waiting.popleft().result())

    def drain(self):
        while self.waiting:
            self.take(self.waiting.popleft().result())

    def close(self):
        if self.executor is not None:
            self.executor.shutdown(wait=True, cancel_futures=True)


_task = None


def _run_task(argument):
    return _task(argument)


def on_all_processes(jobs, task, arguments):
    """[task(argument)] in order. The processes are copies of this one: only arguments and results go from one to another."""
    global _task
    _task = task
    try:
        if jobs > 1 and len(arguments) > 1:
            try:
                executor = ProcessPoolExecutor(min(jobs, len(arguments)), multiprocessing.get_context("fork"))
            except OSError:
                executor = None
            if executor is not None:
                with executor:
                    return list(executor.map(_run_task, arguments))
        return [task(argument) for argument in arguments]
    finally:
        _task = None
