/* The longest value of a Parquet page of byte arrays in the PLAIN encoding: each is its length in four bytes, then itself.

   Answers -1 where a length points behind the page. Source: Apache Parquet format, Encodings.md. */

#include <stdint.h>
#include <string.h>

int64_t parquet_longest(const uint8_t *data, int64_t size) {
    int64_t longest = 0;
    for (int64_t at = 0; at < size;) {
        uint32_t length;
        if (size - at < 4) return -1;
        memcpy(&length, data + at, 4);
        at += 4;
        if (length > size - at) return -1;
        if (length > longest) longest = length;
        at += length;
    }
    return longest;
}
