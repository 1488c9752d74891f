"""Serve a GGUF model by llama.cpp's OpenAI-compatible server, for tests.

    python server.py MODEL.gguf [SLOTS [CONTEXT]]

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
    params.cpuparams.n_threads = 2
    params.cpuparams_batch.n_threads = 2
    params.n_gpu_layers = 0
    params.warmup = False
    server = xllamacpp.Server(params)
    print("listening on", server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
