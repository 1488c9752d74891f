#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

// Splits a row of numbers at the blanks.
static std::vector<double> numbers_of(const std::string &row)
{
    std::vector<double> numbers;
    std::istringstream in(row);
    for (double number; in >> number;)
        numbers.push_back(number);
    return numbers;
}

// Returns the number in a column of the row, counted from 0: column 1 of
// "12.5 8 3" is 8.
double column_of(const std::string &row, std::size_t column)
{
