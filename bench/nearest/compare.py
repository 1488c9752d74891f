"""Measures faiss and hnswlib on the vectors, queries and answers in a folder, as
BenchmarkSearch of retrieval/nearest leaves them, on one thread: a line for each, with
recall@10, processor time and p50 and p99 of a query, and what building took."""

import pathlib
import sys
import time

import faiss
import numpy

DIMS, K = 384, 10


def report(name, built, search, queries, truth):
    seconds, build = built
    times, found = [], []
    began = time.process_time()
    for query in queries:
        start = time.perf_counter()
        found.append(search(query.reshape(1, -1)))
        times.append(time.perf_counter() - start)
    cpu = (time.process_time() - began) / len(queries)
    recall = numpy.mean([len(set(f) & set(t)) / K for f, t in zip(found, truth)])
    p50, p99 = numpy.percentile(times, [50, 99])
    print(f"{name:28} recall@10 {recall:.3f}  {1e3 * cpu:8.2f} cpu-ms/query  p50 {1e3 * p50:.2f} ms"
          f"  p99 {1e3 * p99:.2f} ms  built in {build:.1f} cpu-s, {seconds:.1f} s", flush=True)


def timed(build):
    start, cpu = time.perf_counter(), time.process_time()
    build()
    return time.perf_counter() - start, time.process_time() - cpu


def main():
    folder = pathlib.Path(sys.argv[1])
    graphs = "--without-graphs" not in sys.argv[2:]
    vectors = numpy.fromfile(folder / "vectors", "<f4").reshape(-1, DIMS)
    queries = numpy.fromfile(folder / "queries", "<f4").reshape(-1, DIMS)
    truth = numpy.fromfile(folder / "truth", "<i4").reshape(-1, K)
    faiss.omp_set_num_threads(1)

    flat = faiss.IndexFlatIP(DIMS)
    report("faiss flat", timed(lambda: flat.add(vectors)), lambda q: flat.search(q, K)[1][0], queries, truth)
    if not graphs:
        return
    graph = faiss.IndexHNSWFlat(DIMS, 16, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction = 200
    built = timed(lambda: graph.add(vectors))
    for ef in (50, 100, 200, 400):
        graph.hnsw.efSearch = ef
        report(f"faiss HNSW16, ef {ef}", built, lambda q: graph.search(q, K)[1][0], queries, truth)
    import hnswlib  # here, since installing it takes a compiler

    other = hnswlib.Index("ip", DIMS)
    other.init_index(len(vectors), M=16, ef_construction=200)
    other.set_num_threads(1)
    built = timed(lambda: other.add_items(vectors, num_threads=1))
    for ef in (50, 100, 200, 400):
        other.set_ef(ef)
        report(f"hnswlib M 16, ef {ef}", built, lambda q: other.knn_query(q, K, num_threads=1)[0][0], queries, truth)


main()
