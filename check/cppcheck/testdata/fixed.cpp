#include <vector>

int first(std::vector<int> &all)
{
	all.push_back(1);
	auto at = all.begin();
	return *at;
}

int third()
{
	std::vector<int> all = {1, 2, 3};
	return all[2];
}

void right()
{
	int *n = new int[4];
	n[0] = 0;
	delete[] n;
}
