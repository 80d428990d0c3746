package org.panscope.trace.tracedat;

import java.util.List;

/// Where things are in a ring-buffer page, as `header_page` says.
///
/// @param commitOffset where the count of bytes is
/// @param commitBytes its width, that of the kernel's long
/// @param dataOffset where records begin
/// @param dataBytes room for them
///
///   kernel: kernel/trace/ring_buffer.c, ring_buffer_print_page_header
record PageLayout(int commitOffset, int commitBytes, int dataOffset, int dataBytes) {
    /// Of a 64-bit kernel with pages of 4 KiB.
    static final PageLayout DEFAULT = new PageLayout(8, 8, 16, 4080);

    static PageLayout parse(String text) {
        PageLayout layout = DEFAULT;
        List<TracepointField> fields = TracepointFormat.fields(text);
        for (TracepointField field : fields) {
            if (field.name().equals("commit") && (field.size() == 4 || field.size() == 8)) {
                layout =
                        new PageLayout(
                                field.offset(),
                                field.size(),
                                layout.dataOffset(),
                                layout.dataBytes());
            } else if (field.name().equals("data")) {
                layout =
                        new PageLayout(
                                layout.commitOffset(),
                                layout.commitBytes(),
                                field.offset(),
                                field.size());
            }
        }
        return layout;
    }

    /// Whether pages of this size can be laid out so: a time, the count, and records.
    boolean fits(int pageBytes) {
        return commitOffset >= Long.BYTES
                && commitOffset <= dataOffset - commitBytes
                && dataOffset <= pageBytes;
    }

    int pageBytes() {
        return dataOffset + dataBytes;
    }
}
