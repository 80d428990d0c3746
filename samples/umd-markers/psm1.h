/*
 * psm1.h: markers of a user-mode driver for what the kernel cannot see.
 *
 * One line of text per action goes into the kernel's trace, where it gets time, CPU and thread.
 * Panscope turns the lines back into ring writes, INSERT stores, doorbells, sync values and XGS
 * submits. C99 or C++11; needs POSIX and the __atomic builtins of GCC or Clang, nothing else.
 *
 * Use: include this file wherever markers are made, and in exactly one source file define
 * PSM1_IMPLEMENTATION before. Compiling with -std=c99 that file also needs
 * _POSIX_C_SOURCE >= 200809L before its first include.
 *
 *     psm1_open(NULL);                                   once, before threads make markers
 *     const struct psm1_queue q = {0, group_handle, 1};
 *     memcpy(ring + at % size, words, n);                1. store the words
 *     psm1_rbw(q, at, words, n);                         2. say so
 *     psm1_ins(q, at + n);                               3. say what INSERT will be
 *     atomic_thread_fence(memory_order_release);
 *     input_page->insert = at + n;                       4. store INSERT
 *     *doorbell = 1;                                     5. ring
 *     psm1_db(q, psm1_none());                           6. say so
 *
 * Order rule: rbw, rbd and ins are written after the bytes of the ring are visible and before the
 * doorbell store; db right after that store. The times bracket what the hardware does, they are not
 * when it happens. The markers of ioctls (sub, xgs with its xop and xsy, kick, upd, map) are written
 * right before the call; grp, que and xq right after the call that created them has returned.
 *
 * Where trace_marker cannot be opened nothing is written, and a marker costs one load and one
 * branch. Every line is one write(2) of at most 1000 bytes and the end of line; trace_marker and
 * files opened with O_APPEND keep the lines of several threads apart. errno is left as it was.
 */
#ifndef PSM1_H
#define PSM1_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A number that may be missing. */
struct psm1_opt {
    int is_set;
    uint64_t value;
};

static inline struct psm1_opt psm1_none(void)
{
    struct psm1_opt opt = {0, 0};
    return opt;
}

static inline struct psm1_opt psm1_some(uint64_t value)
{
    struct psm1_opt opt = {1, 0};
    opt.value = value;
    return opt;
}

/*
 * A queue of a group. `file` tells apart the DRM files of a process that has several, counted from
 * 1; 0 where there is only one. `group` is the handle as GROUP_CREATE returned it.
 */
struct psm1_queue {
    uint32_t file;
    uint32_t group;
    uint32_t queue;
};

/* What a client says of itself; texts may be NULL but the first two. */
struct psm1_client {
    const char *umd;     /* name of the user-mode driver */
    const char *drv;     /* name of the kernel driver */
    const char *gpu;
    const char *clk;     /* clock of any times in the client's own markers */
    const char *feat;    /* comma list of the verbs it emits */
    const char *version; /* of the user-mode driver; the key is `ver` */
};

/* Where a queue's memory lies: GPU address and size of the ring, addresses of the mapped pages. */
struct psm1_ring {
    uint64_t ring_va;
    uint64_t ring_size;
    int is_user_mode;
    struct psm1_opt input_page;
    struct psm1_opt output_page;
    struct psm1_opt doorbell; /* mmap offset */
    struct psm1_opt priority;
};

/* File descriptor of the marker file, -1 while there is none. Only psm1_is_on reads it. */
extern int psm1_fd_;

/* Opens `path`, or the kernel's trace_marker if it is NULL. Returns whether markers are on. */
int psm1_open(const char *path);

/* Writes markers to a descriptor of the caller's from now on, which psm1_close will close. */
void psm1_use_fd(int fd);

/* Closes the file. No other thread may be making a marker. */
void psm1_close(void);

/* Lines that could not be written whole. */
uint64_t psm1_lost(void);

/* CRC-32 of zlib and Ethernet; `crc` is 0 or what the call for the bytes before returned. */
uint32_t psm1_crc32(uint32_t crc, const void *data, size_t length);

static inline int psm1_is_on(void)
{
    return __atomic_load_n(&psm1_fd_, __ATOMIC_RELAXED) >= 0;
}

/* The functions behind the markers; call those further down. */
void psm1_write_hdr(const struct psm1_client *client);
void psm1_write_grp(uint32_t file, uint32_t group, uint32_t queues, struct psm1_opt vm,
                    struct psm1_opt priority, struct psm1_opt core_mask);
void psm1_write_que(struct psm1_queue q, const struct psm1_ring *ring);
void psm1_write_rbw(struct psm1_queue q, uint64_t at, const void *data, uint64_t length,
                    struct psm1_opt ip);
void psm1_write_rbd(struct psm1_queue q, uint64_t at, const void *data, uint64_t length);
void psm1_write_ring(const char *verb, struct psm1_queue q, const char *key, struct psm1_opt a,
                     const char *key_b, struct psm1_opt b, const char *key_c, struct psm1_opt c);
void psm1_write_sub(struct psm1_queue q, uint64_t stream_va, uint64_t size, struct psm1_opt syncobj,
                    struct psm1_opt point, struct psm1_opt flush);
void psm1_write_so(uint32_t file, uint32_t handle, const char *op, struct psm1_opt point,
                   struct psm1_opt value);
void psm1_write_xq(uint32_t file, uint32_t xq, const char *op, struct psm1_opt vm,
                   struct psm1_opt eventfd);
void psm1_write_xgs(uint32_t file, uint32_t xq, uint64_t id, uint32_t ops, struct psm1_opt pre,
                    struct psm1_opt post);
void psm1_write_xop(uint32_t file, uint32_t xq, uint64_t id, uint32_t index, const char *op,
                    uint64_t va, uint64_t value, const char *format);
void psm1_write_xsy(uint32_t file, uint32_t xq, uint64_t id, const char *op, uint32_t syncobj,
                    struct psm1_opt point);
void psm1_write_upd(uint32_t file, struct psm1_opt count);
void psm1_write_kick(uint32_t file, uint32_t group, uint64_t mask);
void psm1_write_evt(uint32_t file, const char *source, struct psm1_opt group, struct psm1_opt xq);
void psm1_write_sv(uint32_t file, uint64_t va, uint64_t value, struct psm1_opt size,
                   struct psm1_opt vm);
void psm1_write_map(uint32_t file, uint64_t va, uint64_t size, const char *op, struct psm1_opt bo,
                    struct psm1_opt vm);
void psm1_write_note(const char *text);
void psm1_write_end(void);

/* ---- life of a client ------------------------------------------------------------------------ */

/*
 * A client starts. Every thread that makes markers may say it again: a capture without the column
 * of thread groups (trace option record-tgid) knows only by this which process a thread is of.
 */
static inline void psm1_hdr(const struct psm1_client *client)
{
    if (psm1_is_on())
        psm1_write_hdr(client);
}

/* The client ends. */
static inline void psm1_end(void)
{
    if (psm1_is_on())
        psm1_write_end();
}

/* Anything worth knowing; at most some 980 bytes of it. */
static inline void psm1_note(const char *text)
{
    if (psm1_is_on())
        psm1_write_note(text);
}

/* ---- groups and queues ----------------------------------------------------------------------- */

/* GROUP_CREATE returned. `vm` is the handle of the address space. */
static inline void psm1_grp(uint32_t file, uint32_t group, uint32_t queues, struct psm1_opt vm,
                            struct psm1_opt priority, struct psm1_opt core_mask)
{
    if (psm1_is_on())
        psm1_write_grp(file, group, queues, vm, priority, core_mask);
}

/* Where the memory of a queue lies; once per queue, right after psm1_grp. */
static inline void psm1_que(struct psm1_queue q, const struct psm1_ring *ring)
{
    if (psm1_is_on())
        psm1_write_que(q, ring);
}

/*
 * Bytes [at, at + length) of the ring were stored; `at` is the free-running INSERT before. `data`,
 * where not NULL, are the bytes in the order of their offsets, for a checksum.
 */
static inline void psm1_rbw(struct psm1_queue q, uint64_t at, const void *data, uint64_t length)
{
    if (psm1_is_on())
        psm1_write_rbw(q, at, data, length, psm1_none());
}

/* As psm1_rbw, with the address of the code that stored them. */
static inline void psm1_rbw_by(struct psm1_queue q, uint64_t at, const void *data, uint64_t length,
                               uint64_t ip)
{
    if (psm1_is_on())
        psm1_write_rbw(q, at, data, length, psm1_some(ip));
}

/* The bytes themselves, in as many lines as they need: what Panscope disassembles. */
static inline void psm1_rbd(struct psm1_queue q, uint64_t at, const void *data, uint64_t length)
{
    if (psm1_is_on())
        psm1_write_rbd(q, at, data, length);
}

/* INSERT was stored. */
static inline void psm1_ins(struct psm1_queue q, uint64_t value)
{
    if (psm1_is_on())
        psm1_write_ring("ins", q, "v", psm1_some(value), NULL, psm1_none(), NULL, psm1_none());
}

/* The user doorbell was rung; `slot` only where the client knows it. */
static inline void psm1_db(struct psm1_queue q, struct psm1_opt slot)
{
    if (psm1_is_on())
        psm1_write_ring("db", q, "slot", slot, NULL, psm1_none(), NULL, psm1_none());
}

/* The client looked at its pages. */
static inline void psm1_smp(struct psm1_queue q, uint64_t insert, uint64_t extract,
                            struct psm1_opt active)
{
    if (psm1_is_on())
        psm1_write_ring("smp", q, "ins", psm1_some(insert), "ext", psm1_some(extract), "act",
                        active);
}

/* GROUP_SUBMIT is about to be called with this stream, in kernel mode. */
static inline void psm1_sub(struct psm1_queue q, uint64_t stream_va, uint64_t size,
                            struct psm1_opt syncobj, struct psm1_opt point, struct psm1_opt flush)
{
    if (psm1_is_on())
        psm1_write_sub(q, stream_va, size, syncobj, point, flush);
}

/* GROUP_KICK is about to be called. */
static inline void psm1_kick(uint32_t file, uint32_t group, uint64_t mask)
{
    if (psm1_is_on())
        psm1_write_kick(file, group, mask);
}

/* ---- synchronisation ------------------------------------------------------------------------- */

/*
 * Something was done with a DRM syncobj. `op` is create, destroy, signal, wait, waitend, query,
 * import, export or reset.
 */
static inline void psm1_so(uint32_t file, uint32_t handle, const char *op, struct psm1_opt point,
                           struct psm1_opt value)
{
    if (psm1_is_on())
        psm1_write_so(file, handle, op, point, value);
}

/* SYNC_UPDATE is about to be called. */
static inline void psm1_upd(uint32_t file, struct psm1_opt count)
{
    if (psm1_is_on())
        psm1_write_upd(file, count);
}

/* The client woke from a sync_update eventfd, of a group or of an XGS queue. */
static inline void psm1_evt(uint32_t file, const char *source, struct psm1_opt group,
                            struct psm1_opt xq)
{
    if (psm1_is_on())
        psm1_write_evt(file, source, group, xq);
}

/*
 * The client looked at a sync object in GPU memory. `size` is 4 or 8; `vm` tells the address space
 * where the client has several.
 */
static inline void psm1_sv(uint32_t file, uint64_t va, uint64_t value, struct psm1_opt size,
                           struct psm1_opt vm)
{
    if (psm1_is_on())
        psm1_write_sv(file, va, value, size, vm);
}

/* ---- XGS queues ------------------------------------------------------------------------------ */

/* An XGS queue was created or is about to be destroyed: `op` is create or destroy. */
static inline void psm1_xq(uint32_t file, uint32_t xq, const char *op, struct psm1_opt vm,
                           struct psm1_opt eventfd)
{
    if (psm1_is_on())
        psm1_write_xq(file, xq, op, vm, eventfd);
}

/*
 * XGS_QUEUE_SUBMIT is about to be called. `id` is the client's own number of the job, below
 * 1,000,000 and not used again in that queue; psm1_xop and psm1_xsy follow, one for each of its
 * parts.
 */
static inline void psm1_xgs(uint32_t file, uint32_t xq, uint64_t id, uint32_t ops,
                            struct psm1_opt pre, struct psm1_opt post)
{
    if (psm1_is_on())
        psm1_write_xgs(file, xq, id, ops, pre, post);
}

/*
 * An operation of the submit: `op` is wait_le, wait_gt, signal_set or signal_add; `format` is u32,
 * u64 or NULL.
 */
static inline void psm1_xop(uint32_t file, uint32_t xq, uint64_t id, uint32_t index, const char *op,
                            uint64_t va, uint64_t value, const char *format)
{
    if (psm1_is_on())
        psm1_write_xop(file, xq, id, index, op, va, value, format);
}

/* A DRM syncobj of the submit: `op` is wait or signal. */
static inline void psm1_xsy(uint32_t file, uint32_t xq, uint64_t id, const char *op,
                            uint32_t syncobj, struct psm1_opt point)
{
    if (psm1_is_on())
        psm1_write_xsy(file, xq, id, op, syncobj, point);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* VM_BIND is about to be called: `op` is map or unmap. */
static inline void psm1_map(uint32_t file, uint64_t va, uint64_t size, const char *op,
                            struct psm1_opt bo, struct psm1_opt vm)
{
    if (psm1_is_on())
        psm1_write_map(file, va, size, op, bo, vm);
}

#ifdef __cplusplus
}
#endif
#endif /* PSM1_H */

#ifdef PSM1_IMPLEMENTATION
#undef PSM1_IMPLEMENTATION

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#ifndef O_CLOEXEC
#error "define _POSIX_C_SOURCE as 200809L before the first #include of this file"
#endif

#ifdef __cplusplus
extern "C" {
#endif

enum {
    PSM1_LINE_BYTES = 1000,
    PSM1_DATA_BYTES = 400, /* of the ring, in one rbd line */
    PSM1_TEXT_BYTES = 120, /* of a name */
    PSM1_NOTE_BYTES = 980
};

int psm1_fd_ = -1;
static uint64_t psm1_lost_;

/* A line being built. One byte more than a line, for its end. */
struct psm1_line {
    char text[PSM1_LINE_BYTES + 1];
    size_t length;
    int is_too_long;
};

static void psm1_put(struct psm1_line *line, char c)
{
    if (line->length < PSM1_LINE_BYTES)
        line->text[line->length++] = c;
    else
        line->is_too_long = 1;
}

static void psm1_puts(struct psm1_line *line, const char *text)
{
    while (*text != '\0')
        psm1_put(line, *text++);
}

static void psm1_begin(struct psm1_line *line, const char *verb)
{
    line->length = 0;
    line->is_too_long = 0;
    psm1_puts(line, "psm1 ");
    psm1_puts(line, verb);
}

static void psm1_key(struct psm1_line *line, const char *key)
{
    psm1_put(line, ' ');
    psm1_puts(line, key);
    psm1_put(line, '=');
}

static void psm1_dec(struct psm1_line *line, const char *key, uint64_t value)
{
    char digits[20];
    size_t count = 0;
    psm1_key(line, key);
    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (count > 0)
        psm1_put(line, digits[--count]);
}

static void psm1_nibbles(struct psm1_line *line, uint64_t value, unsigned count)
{
    while (count > 0)
        psm1_put(line, "0123456789abcdef"[(value >> (4 * --count)) & 15]);
}

static void psm1_hex(struct psm1_line *line, const char *key, uint64_t value)
{
    unsigned count = 1;
    while (count < 16 && value >> (4 * count) != 0)
        count++;
    psm1_key(line, key);
    psm1_puts(line, "0x");
    psm1_nibbles(line, value, count);
}

static void psm1_opt_dec(struct psm1_line *line, const char *key, struct psm1_opt value)
{
    if (key != NULL && value.is_set)
        psm1_dec(line, key, value.value);
}

static void psm1_opt_hex(struct psm1_line *line, const char *key, struct psm1_opt value)
{
    if (value.is_set)
        psm1_hex(line, key, value.value);
}

static void psm1_file(struct psm1_line *line, uint32_t file)
{
    if (file != 0)
        psm1_dec(line, "f", file);
}

/* What cannot stand in a value is replaced: a quote by an apostrophe, anything else by a blank. */
static char psm1_clean(char c)
{
    return c == '"' ? '\'' : c < ' ' || c > '~' ? ' ' : c;
}

/* A text, in quotes unless it is a word; cut at `most` bytes. */
static void psm1_text(struct psm1_line *line, const char *key, const char *text, size_t most)
{
    size_t length = 0;
    int is_word = 1;
    size_t i;
    if (text == NULL)
        return;
    while (length < most && text[length] != '\0') {
        is_word &= psm1_clean(text[length]) != ' ';
        length++;
    }
    is_word &= length > 0;
    psm1_key(line, key);
    if (!is_word)
        psm1_put(line, '"');
    for (i = 0; i < length; i++)
        psm1_put(line, psm1_clean(text[i]));
    if (!is_word)
        psm1_put(line, '"');
}

static void psm1_word(struct psm1_line *line, const char *key, const char *text)
{
    psm1_text(line, key, text, PSM1_TEXT_BYTES);
}

/* Writes the line at once: what a second call would add belongs to another line. */
static void psm1_finish(struct psm1_line *line)
{
    int fd = __atomic_load_n(&psm1_fd_, __ATOMIC_RELAXED);
    int before = errno;
    ssize_t written = -1;
    line->text[line->length] = '\n';
    if (fd >= 0 && !line->is_too_long) {
        do {
            written = write(fd, line->text, line->length + 1);
        } while (written < 0 && errno == EINTR);
    }
    if (written != (ssize_t)line->length + 1)
        __atomic_add_fetch(&psm1_lost_, 1, __ATOMIC_RELAXED);
    errno = before;
}

int psm1_open(const char *path)
{
    static const char *const paths[] = {"/sys/kernel/tracing/trace_marker",
                                        "/sys/kernel/debug/tracing/trace_marker"};
    int before = errno;
    int fd = -1;
    size_t i;
    if (path != NULL) {
        fd = open(path, O_WRONLY | O_CLOEXEC);
    } else {
        for (i = 0; fd < 0 && i < sizeof(paths) / sizeof(paths[0]); i++)
            fd = open(paths[i], O_WRONLY | O_CLOEXEC);
    }
    errno = before;
    psm1_use_fd(fd);
    return fd >= 0;
}

void psm1_use_fd(int fd)
{
    int before = errno;
    int old = __atomic_exchange_n(&psm1_fd_, fd, __ATOMIC_ACQ_REL);
    if (old >= 0)
        (void)close(old);
    errno = before;
}

void psm1_close(void)
{
    psm1_use_fd(-1);
}

uint64_t psm1_lost(void)
{
    return __atomic_load_n(&psm1_lost_, __ATOMIC_RELAXED);
}

/* Half a byte at a time: a table of 16 words is enough for markers. */
uint32_t psm1_crc32(uint32_t crc, const void *data, size_t length)
{
    static const uint32_t table[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
                                       0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                       0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                       0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    const unsigned char *bytes = (const unsigned char *)data;
    size_t i;
    crc = ~crc;
    for (i = 0; i < length; i++) {
        crc = (crc >> 4) ^ table[(crc ^ bytes[i]) & 15];
        crc = (crc >> 4) ^ table[(crc ^ (uint32_t)(bytes[i] >> 4)) & 15];
    }
    return ~crc;
}

static void psm1_queue_line(struct psm1_line *line, const char *verb, struct psm1_queue q)
{
    psm1_begin(line, verb);
    psm1_dec(line, "g", q.group);
    psm1_dec(line, "q", q.queue);
}

static void psm1_group_line(struct psm1_line *line, const char *verb, uint32_t group)
{
    psm1_begin(line, verb);
    psm1_dec(line, "g", group);
}

static void psm1_xq_line(struct psm1_line *line, const char *verb, uint32_t xq)
{
    psm1_begin(line, verb);
    psm1_dec(line, "xq", xq);
}

void psm1_write_hdr(const struct psm1_client *client)
{
    struct psm1_line line;
    psm1_begin(&line, "hdr");
    psm1_word(&line, "umd", client->umd);
    psm1_word(&line, "drv", client->drv);
    psm1_dec(&line, "pid", (uint64_t)getpid());
    psm1_word(&line, "gpu", client->gpu);
    psm1_word(&line, "clk", client->clk);
    psm1_word(&line, "feat", client->feat);
    psm1_word(&line, "ver", client->version);
    psm1_finish(&line);
}

void psm1_write_end(void)
{
    struct psm1_line line;
    psm1_begin(&line, "end");
    psm1_dec(&line, "pid", (uint64_t)getpid());
    psm1_finish(&line);
}

void psm1_write_note(const char *text)
{
    struct psm1_line line;
    psm1_begin(&line, "note");
    psm1_text(&line, "t", text, PSM1_NOTE_BYTES);
    psm1_finish(&line);
}

void psm1_write_grp(uint32_t file, uint32_t group, uint32_t queues, struct psm1_opt vm,
                    struct psm1_opt priority, struct psm1_opt core_mask)
{
    struct psm1_line line;
    psm1_group_line(&line, "grp", group);
    psm1_dec(&line, "nq", queues);
    psm1_opt_dec(&line, "vm", vm);
    psm1_opt_dec(&line, "prio", priority);
    psm1_opt_hex(&line, "cmask", core_mask);
    psm1_file(&line, file);
    psm1_finish(&line);
}

void psm1_write_que(struct psm1_queue q, const struct psm1_ring *ring)
{
    struct psm1_line line;
    psm1_queue_line(&line, "que", q);
    psm1_hex(&line, "rb", ring->ring_va);
    psm1_hex(&line, "sz", ring->ring_size);
    psm1_word(&line, "mode", ring->is_user_mode ? "user" : "kernel");
    psm1_opt_hex(&line, "in", ring->input_page);
    psm1_opt_hex(&line, "out", ring->output_page);
    psm1_opt_hex(&line, "db", ring->doorbell);
    psm1_opt_dec(&line, "prio", ring->priority);
    psm1_file(&line, q.file);
    psm1_finish(&line);
}

void psm1_write_rbw(struct psm1_queue q, uint64_t at, const void *data, uint64_t length,
                    struct psm1_opt ip)
{
    struct psm1_line line;
    psm1_queue_line(&line, "rbw", q);
    psm1_dec(&line, "at", at);
    psm1_dec(&line, "n", length);
    if (data != NULL) {
        psm1_key(&line, "crc");
        psm1_nibbles(&line, psm1_crc32(0, data, (size_t)length), 8);
    }
    psm1_opt_hex(&line, "ip", ip);
    psm1_file(&line, q.file);
    psm1_finish(&line);
}

void psm1_write_rbd(struct psm1_queue q, uint64_t at, const void *data, uint64_t length)
{
    const unsigned char *bytes = (const unsigned char *)data;
    uint64_t from;
    for (from = 0; from < length; from += PSM1_DATA_BYTES) {
        uint64_t end = length - from < PSM1_DATA_BYTES ? length : from + PSM1_DATA_BYTES;
        struct psm1_line line;
        uint64_t i;
        psm1_queue_line(&line, "rbd", q);
        psm1_dec(&line, "at", at + from);
        psm1_file(&line, q.file);
        psm1_key(&line, "d");
        for (i = from; i < end; i++)
            psm1_nibbles(&line, bytes[i], 2);
        psm1_finish(&line);
    }
}

void psm1_write_ring(const char *verb, struct psm1_queue q, const char *key, struct psm1_opt a,
                     const char *key_b, struct psm1_opt b, const char *key_c, struct psm1_opt c)
{
    struct psm1_line line;
    psm1_queue_line(&line, verb, q);
    psm1_opt_dec(&line, key, a);
    psm1_opt_dec(&line, key_b, b);
    psm1_opt_dec(&line, key_c, c);
    psm1_file(&line, q.file);
    psm1_finish(&line);
}

/* In hexadecimal, as addresses are: a decimal `at` of this verb is an offset in the ring. */
void psm1_write_sub(struct psm1_queue q, uint64_t stream_va, uint64_t size, struct psm1_opt syncobj,
                    struct psm1_opt point, struct psm1_opt flush)
{
    struct psm1_line line;
    psm1_queue_line(&line, "sub", q);
    psm1_hex(&line, "at", stream_va);
    psm1_dec(&line, "n", size);
    psm1_opt_dec(&line, "so", syncobj);
    psm1_opt_dec(&line, "pt", point);
    psm1_opt_dec(&line, "flush", flush);
    psm1_file(&line, q.file);
    psm1_finish(&line);
}

void psm1_write_so(uint32_t file, uint32_t handle, const char *op, struct psm1_opt point,
                   struct psm1_opt value)
{
    struct psm1_line line;
    psm1_begin(&line, "so");
    psm1_dec(&line, "h", handle);
    psm1_word(&line, "op", op);
    psm1_opt_dec(&line, "pt", point);
    psm1_opt_dec(&line, "v", value);
    psm1_file(&line, file);
    psm1_finish(&line);
}

void psm1_write_xq(uint32_t file, uint32_t xq, const char *op, struct psm1_opt vm,
                   struct psm1_opt eventfd)
{
    struct psm1_line line;
    psm1_xq_line(&line, "xq", xq);
    psm1_word(&line, "op", op);
    psm1_opt_dec(&line, "vm", vm);
    psm1_opt_dec(&line, "ev", eventfd);
    psm1_file(&line, file);
    psm1_finish(&line);
}

void psm1_write_xgs(uint32_t file, uint32_t xq, uint64_t id, uint32_t ops, struct psm1_opt pre,
                    struct psm1_opt post)
{
    struct psm1_line line;
    psm1_xq_line(&line, "xgs", xq);
    psm1_dec(&line, "id", id);
    psm1_dec(&line, "n", ops);
    psm1_opt_dec(&line, "pre", pre);
    psm1_opt_dec(&line, "post", post);
    psm1_file(&line, file);
    psm1_finish(&line);
}

void psm1_write_xop(uint32_t file, uint32_t xq, uint64_t id, uint32_t index, const char *op,
                    uint64_t va, uint64_t value, const char *format)
{
    struct psm1_line line;
    psm1_xq_line(&line, "xop", xq);
    psm1_dec(&line, "id", id);
    psm1_dec(&line, "i", index);
    psm1_word(&line, "op", op);
    psm1_hex(&line, "a", va);
    psm1_dec(&line, "v", value);
    psm1_word(&line, "fmt", format);
    psm1_file(&line, file);
    psm1_finish(&line);
}

void psm1_write_xsy(uint32_t file, uint32_t xq, uint64_t id, const char *op, uint32_t syncobj,
                    struct psm1_opt point)
{
    struct psm1_line line;
    psm1_xq_line(&line, "xsy", xq);
    psm1_dec(&line, "id", id);
    psm1_word(&line, "op", op);
    psm1_dec(&line, "so", syncobj);
    psm1_opt_dec(&line, "pt", point);
    psm1_file(&line, file);
    psm1_finish(&line);
}

void psm1_write_upd(uint32_t file, struct psm1_opt count)
{
    struct psm1_line line;
    psm1_begin(&line, "upd");
    psm1_opt_dec(&line, "n", count);
    psm1_file(&line, file);
    psm1_finish(&line);
}

void psm1_write_kick(uint32_t file, uint32_t group, uint64_t mask)
{
    struct psm1_line line;
    psm1_group_line(&line, "kick", group);
    psm1_hex(&line, "mask", mask);
    psm1_file(&line, file);
    psm1_finish(&line);
}

void psm1_write_evt(uint32_t file, const char *source, struct psm1_opt group, struct psm1_opt xq)
{
    struct psm1_line line;
    psm1_begin(&line, "evt");
    psm1_word(&line, "src", source);
    psm1_opt_dec(&line, "g", group);
    psm1_opt_dec(&line, "xq", xq);
    psm1_file(&line, file);
    psm1_finish(&line);
}

void psm1_write_sv(uint32_t file, uint64_t va, uint64_t value, struct psm1_opt size,
                   struct psm1_opt vm)
{
    struct psm1_line line;
    psm1_begin(&line, "sv");
    psm1_hex(&line, "a", va);
    psm1_dec(&line, "v", value);
    psm1_opt_dec(&line, "sz", size);
    psm1_opt_dec(&line, "vm", vm);
    psm1_file(&line, file);
    psm1_finish(&line);
}

void psm1_write_map(uint32_t file, uint64_t va, uint64_t size, const char *op, struct psm1_opt bo,
                    struct psm1_opt vm)
{
    struct psm1_line line;
    psm1_begin(&line, "map");
    psm1_hex(&line, "va", va);
    psm1_hex(&line, "n", size);
    psm1_word(&line, "op", op);
    psm1_opt_dec(&line, "bo", bo);
    psm1_opt_dec(&line, "vm", vm);
    psm1_file(&line, file);
    psm1_finish(&line);
}

#ifdef __cplusplus
}
#endif
#endif /* PSM1_IMPLEMENTATION */
