# A client for the API of Baikoo: Rscript client.R https://baikoo.example.org
# Needs the package jsonlite. A list is read to its end, page by page, and becomes one data frame.
library(jsonlite)

read_all <- function(address, resource, ...) {
  asked <- paste0(names(list(...)), "=", vapply(list(...), URLencode, "", reserved = TRUE), collapse = "&")
  following <- paste0(sub("/$", "", address), "/api/v1/", resource, "?limit=200&", asked)
  pages <- list()
  while (!is.null(following)) {
    page <- fromJSON(following, flatten = TRUE)
    pages[[length(pages) + 1]] <- page$items
    following <- page$`next`
  }
  rbind_pages(Filter(is.data.frame, pages))
}

address <- commandArgs(trailingOnly = TRUE)[1]
bills <- read_all(address, "bills", fields = "title,kind,initiator,first_day")
print(table(bills$kind))

# Tables can be had as CSV, too (the first page; its header Link leads on):
sittings <- read.csv(paste0(address, "/api/v1/sittings?format=csv&limit=200"), fileEncoding = "UTF-8-BOM")
cat(nrow(bills), "bills,", nrow(sittings), "sittings\n")
