    const std::size_t n = points.size();
    points.reserve(2 * n);
    for (std::size_t i = 0; i < n; i++)
        points.push_back({-points[i].x, points[i].y});
}
