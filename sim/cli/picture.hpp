#pragma once

#include <string>
#include <vector>

namespace basin::cli {

/// A black-and-white picture: `signs` holds '+' (ink), '-' (paper) or '0' (unknown), row by row, `width` a row.
struct Picture {
  std::string signs;
  int width = 0;
};

/// One row of a sheet: its label, and a picture for each column.
struct PictureRow {
  std::string label;
  std::vector<Picture> pictures;
};

/// Columns of pictures `picture_width` pixels wide that fit beside the labels within `screen` columns.
int pictures_across(int picture_width, int screen);
/// A contact sheet: `titles` over the columns, then each row, two pixels stacked in one character (▀ ▄ █, "?" where one
/// is unknown). No trailing blanks.
std::vector<std::string> sheet(const std::vector<std::string>& titles, const std::vector<PictureRow>& rows);

}  // namespace basin::cli
