# Finds the libraries Basin stands on. Every one is a Debian package in scripts/packages.txt.
find_package(Boost 1.81 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(HDF5 1.10 REQUIRED COMPONENTS C)
find_package(PNG 1.6 REQUIRED)
find_package(Threads REQUIRED)
find_package(GTest REQUIRED)

# SystemC and CLP come with a pkg-config file alone.
find_package(PkgConfig REQUIRED)
pkg_check_modules(systemc REQUIRED IMPORTED_TARGET systemc)
pkg_check_modules(clp REQUIRED IMPORTED_TARGET clp)

# toml++ and Random123 are header-only and come without a CMake configuration.
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED)
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)

# MPFI comes without either.
find_path(MPFI_INCLUDE_DIR mpfi.h REQUIRED)
find_library(MPFI_LIBRARY mpfi REQUIRED)
find_library(MPFR_LIBRARY mpfr REQUIRED)
