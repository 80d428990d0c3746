/*
 * What an instrumented user-mode driver writes while it submits work, without a GPU: the markers go
 * to the file named, one a line, or into the kernel's trace if none is.
 *
 *     cc -std=c99 -o example example.c && ./example lines.txt
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#define PSM1_IMPLEMENTATION
#include "psm1.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum { RING_BYTES = 4096, GROUP = 1, QUEUES = 1, VM = 1, XGS_QUEUE = 2, SYNCOBJ = 10 };

static const uint64_t RING_VA = 0x7fff01000000;
static const uint64_t SYNC_VA = 0x7fff02000040;

static unsigned char ring[RING_BYTES];
static uint64_t insert;

/* Stores words where INSERT stands and lets the firmware know, as section "order rule" says. */
static void submit(struct psm1_queue q, const uint64_t *words, size_t count)
{
    uint64_t at = insert;
    size_t bytes = count * sizeof(*words);
    size_t i;
    for (i = 0; i < bytes; i++)
        ring[(at + i) % RING_BYTES] = ((const unsigned char *)words)[i];
    psm1_rbw(q, at, words, bytes);
    psm1_rbd(q, at, words, bytes);
    insert = at + bytes;
    psm1_ins(q, insert);
    /* here INSERT is stored, then the doorbell */
    psm1_db(q, psm1_none());
}

static int open_log(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0) {
        perror(path);
        return 0;
    }
    psm1_use_fd(fd);
    return 1;
}

int main(int argc, char **argv)
{
    const struct psm1_client client = {"example", "panthor", "Mali-G610", "mono", NULL,
                                       "1.0 \"draft\""};
    const struct psm1_queue q = {0, GROUP, 0};
    struct psm1_ring where;
    /* MOVE48 d72, #0x1000; NOP; and a long run of NOPs that takes several lines */
    const uint64_t first[2] = {UINT64_C(0x0148000000001000), 0};
    uint64_t many[128];

    memset(&where, 0, sizeof(where));
    memset(many, 0, sizeof(many));
    if (argc > 1 ? !open_log(argv[1]) : !psm1_open(NULL)) {
        fprintf(stderr, "example: markers are off: there is no trace_marker to write to\n");
    }
    psm1_hdr(&client);
    psm1_note("frame \"1\"\nbegins");

    psm1_grp(0, GROUP, QUEUES, psm1_some(VM), psm1_some(1), psm1_some(UINT64_MAX));
    where.ring_va = RING_VA;
    where.ring_size = RING_BYTES;
    where.is_user_mode = 1;
    where.priority = psm1_some(8);
    psm1_que(q, &where);
    psm1_map(0, SYNC_VA & ~UINT64_C(0xfff), 4096, "map", psm1_some(3), psm1_some(VM));

    submit(q, first, 2);
    submit(q, many, 128);
    psm1_kick(0, GROUP, 1);
    psm1_smp(q, insert, 16, psm1_some(1));

    psm1_so(0, SYNCOBJ, "create", psm1_none(), psm1_none());
    psm1_xq(0, XGS_QUEUE, "create", psm1_some(VM), psm1_some(1));
    psm1_xgs(0, XGS_QUEUE, 7, 2, psm1_some(1), psm1_none());
    psm1_xop(0, XGS_QUEUE, 7, 0, "wait_gt", SYNC_VA, 4, "u32");
    psm1_xop(0, XGS_QUEUE, 7, 1, "signal_add", SYNC_VA + 64, 1, "u64");
    psm1_xsy(0, XGS_QUEUE, 7, "signal", SYNCOBJ, psm1_some(3));
    psm1_so(0, SYNCOBJ, "wait", psm1_some(3), psm1_none());
    psm1_sv(0, SYNC_VA, 5, psm1_some(4), psm1_some(VM));
    psm1_upd(0, psm1_none());
    psm1_evt(0, "xgs", psm1_none(), psm1_some(XGS_QUEUE));
    psm1_so(0, SYNCOBJ, "waitend", psm1_some(3), psm1_none());

    psm1_sub(q, UINT64_C(0x7fff03000000), 64, psm1_some(SYNCOBJ), psm1_some(4), psm1_none());
    psm1_end();
    psm1_close();
    if (psm1_lost() > 0)
        fprintf(stderr, "example: %lu markers were lost\n", (unsigned long)psm1_lost());
    return psm1_lost() > 0;
}
