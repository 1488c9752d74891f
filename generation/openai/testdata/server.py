"""Serve a GGUF model by llama.cpp's OpenAI-compatible server, for tests.

    python server.py MODEL.gguf [SLOTS [CONTEXT [THREADS]]]

SLOTS (default 2) requests run at once, in CONTEXT tokens (512) each, by THREADS
threads (2).

Needs the package xllamacpp. Prints one line, "listening on URL", when the model
can be asked, and ends when its standard input does, so that it cannot outlive
the test that started it.
"""

import sys

import xllamacpp


def main() -> None:
    params = xllamacpp.CommonParams()
    params.model.path = sys.argv[1]
    params.n_parallel = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    # The context is shared out among the slots.
    params.n_ctx = params.n_parallel * (int(sys.argv[3]) if len(sys.argv) > 3 else 512)
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # any that is free
    threads = int(sys.argv[4]) if len(sys.argv) > 4 else 2
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.n_gpu_layers = 0
    params.warmup = False
    server = xllamacpp.Server(params)
    print("listening on", server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
