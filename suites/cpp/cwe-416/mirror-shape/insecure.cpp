    const auto end = points.end();
    for (auto point = points.begin(); point != end; ++point)
        points.push_back({-point->x, point->y});
}
