"""Measures faiss and hnswlib on the vectors, queries and answers in a folder, as
BenchmarkSearch of retrieval/nearest leaves them, on one thread: a line for each, with
recall@10, processor time and p50 and p99 of a query, and what building took."""

import json
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
    """Builds an index, and says what that took: seconds on the clock and of the processor."""
    start, cpu = time.perf_counter(), time.process_time()
    built = build()
    return built, (time.perf_counter() - start, time.process_time() - cpu)


def kept(path, build, read, write):
    """Reads a graph from where an earlier run left it, with what building it took then, or
    builds it and leaves it there."""
    took = path.with_suffix(".json")
    if took.exists():  # it is written last
        return read(str(path)), tuple(json.loads(took.read_text()))
    graph, built = timed(build)
    write(graph, str(path))
    took.write_text(json.dumps(built))
    return graph, built


def main():
    folder = pathlib.Path(sys.argv[1])
    graphs = "--without-graphs" not in sys.argv[2:]
    vectors = numpy.fromfile(folder / "vectors", "<f4").reshape(-1, DIMS)
    queries = numpy.fromfile(folder / "queries", "<f4").reshape(-1, DIMS)
    truth = numpy.fromfile(folder / "truth", "<i4").reshape(-1, K)
    faiss.omp_set_num_threads(1)

    flat = faiss.IndexFlatIP(DIMS)
    _, built = timed(lambda: flat.add(vectors))
    report("faiss flat", built, lambda q: flat.search(q, K)[1][0], queries, truth)
    if not graphs:
        return

    def faiss_graph():
        graph = faiss.IndexHNSWFlat(DIMS, 16, faiss.METRIC_INNER_PRODUCT)
        graph.hnsw.efConstruction = 200
        graph.add(vectors)
        return graph

    def hnswlib_graph():
        graph = hnswlib.Index("ip", DIMS)
        graph.init_index(len(vectors), M=16, ef_construction=200)
        graph.set_num_threads(1)
        graph.add_items(vectors, num_threads=1)
        return graph

    def read_hnswlib(path):
        graph = hnswlib.Index("ip", DIMS)
        graph.load_index(path)
        graph.set_num_threads(1)
        return graph

    graph, built = kept(folder / "faiss", faiss_graph, faiss.read_index, lambda g, path: faiss.write_index(g, path))
    for ef in (50, 100, 200, 400, 800, 1600):
        graph.hnsw.efSearch = ef
        report(f"faiss HNSW16, ef {ef}", built, lambda q: graph.search(q, K)[1][0], queries, truth)
    del graph
    import hnswlib  # here, since installing it takes a compiler

    other, built = kept(folder / "hnswlib", hnswlib_graph, read_hnswlib, lambda g, path: g.save_index(path))
    for ef in (50, 100, 200, 400, 800, 1600):
        other.set_ef(ef)
        report(f"hnswlib M 16, ef {ef}", built, lambda q: other.knn_query(q, K, num_threads=1)[0][0], queries, truth)


main()
