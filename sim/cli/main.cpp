#include "sim/cli/command_line.hpp"

int main(int argc, char** argv) { return basin::cli::run(argc, argv); }
