#include <vector>

int first(std::vector<int> &all)
{
	auto at = all.begin();
	all.push_back(1);
	return *at;
}

int fifth()
{
	std::vector<int> all = {1, 2, 3};
	return all[5];
}

void wrong()
{
	int *n = new int[4];
	n[0] = 0;
	delete n;
}
