    if (visits < 2)
        return 0;
    return (times[visits - 1] - times[0]) / (long)(visits - 1);
}
