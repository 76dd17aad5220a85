/* Programs for the live tests: one of everything that the loader knows. */
#include "bpf.h"

char gpl[] SEC("license") = "GPL";

/* Constants, set before loading. */
const volatile u32 traced = 0;
const volatile u64 wide = 1;
const volatile u8 narrow[4] = {1, 2, 3, 4};
static const volatile char text[] = "text in rodata";
/* Variables; the enum needs a kind of type that came with 6.0. */
enum big { BIG = 1ULL << 40 };
enum big big = BIG;
u64 seen;
u32 started = 7;

struct {
    NUMBER(type, PERCPU_ARRAY);
    NUMBER(max_entries, 2);
    TYPE(key, u32);
    TYPE(value, u64);
} counts SEC(".maps");

struct {
    NUMBER(type, HASH);
    NUMBER(max_entries, 16);
    TYPE(key, u64);
    TYPE(value, u64);
} results SEC(".maps");

struct {
    NUMBER(type, LRU_HASH);
    NUMBER(max_entries, 16);
    TYPE(key, u32);
    TYPE(value, u32);
} recent SEC(".maps");

struct {
    NUMBER(type, RINGBUF);
    NUMBER(max_entries, 4096);
} ring SEC(".maps");

struct inner_ring {
    NUMBER(type, RINGBUF);
    NUMBER(max_entries, 4096);
};

struct {
    NUMBER(type, ARRAY_OF_MAPS);
    NUMBER(max_entries, 64);
    TYPE(key, u32);
    EACH(values, struct inner_ring);
} rings SEC(".maps");

struct {
    NUMBER(type, TASK_STORAGE);
    NUMBER(map_flags, 1);
    TYPE(key, int);
    TYPE(value, u64);
} tasks SEC(".maps");

int tail_one(struct raw_args *ctx);
int tail_two(struct raw_args *ctx);

struct {
    NUMBER(type, PROG_ARRAY);
    NUMBER(max_entries, 8);
    NUMBER(key_size, 4);
    EACH(values, int (struct raw_args *));
} tails SEC(".maps") = {.values = {[1] = &tail_one, [3] = &tail_two}};

struct event {
    u64 time;
    u64 result;
    u32 cpu;
    u32 number;
};

struct task_struct {
    int tgid;
    struct task_struct *real_parent;
} KERNEL;

struct pt_regs___x86 {
    u64 orig_ax;
} KERNEL;

struct pt_regs___arm {
    int syscallno;
} KERNEL;

static NOINLINE int number_of(void *regs)
{
    u64 number = ~0ULL;
    if (__builtin_preserve_field_info(((struct pt_regs___x86 *)0)->orig_ax, 2)) {
        read_kernel(&number, 8, &((struct pt_regs___x86 *)regs)->orig_ax);
    } else {
        s32 arm = -1;
        read_kernel(&arm, 4, &((struct pt_regs___arm *)regs)->syscallno);
        number = arm;
    }
    return number;
}

static NOINLINE void count(u32 which)
{
    u64 *value = map_lookup(&counts, &which);
    if (value) {
        *value += 1;
    }
}

static long each(void *map, u32 *key, u64 *value, u64 *sum)
{
    *sum += *value;
    return 0;
}

SEC("raw_tp/sys_exit")
int count_exits(struct raw_args *ctx)
{
    if (traced && pid_tgid() >> 32 != traced) {
        return 0;
    }
    count(0);
    seen += wide;
    return 0;
}

SEC("raw_tp/sys_exit")
int send_exits(struct raw_args *ctx)
{
    u64 id = pid_tgid();
    if (id >> 32 != traced) {
        return 0;
    }
    u32 here = cpu();
    struct event *event = ring_reserve(&ring, sizeof(*event), 0);
    if (!event) {
        count(1);
        return 0;
    }
    event->time = ktime();
    event->result = ctx->args[1];
    event->cpu = here;
    event->number = number_of((void *)ctx->args[0]);
    if (event->number == 104) { /* getgid on x86_64 */
        ring_discard(event, 0);
    } else {
        ring_submit(event, 0);
    }
    void *own = map_lookup(&rings, &here);
    if (own) {
        event = ring_reserve(own, sizeof(*event), 0);
        if (event) {
            event->time = ktime();
            event->result = narrow[here & 3];
            event->cpu = here;
            event->number = text[here & 7];
            ring_submit(event, 0);
        }
    }
    return 0;
}

SEC("raw_tp/sys_exit")
int jump(struct raw_args *ctx)
{
    if (pid_tgid() >> 32 == traced) {
        tail_call(ctx, &tails, 1);
    }
    return 0;
}

SEC("raw_tp/tail")
int tail_one(struct raw_args *ctx)
{
    u64 key = 1, value = started;
    map_update(&results, &key, &value, 0);
    tail_call(ctx, &tails, 3);
    return 0;
}

SEC("raw_tp/tail")
int tail_two(struct raw_args *ctx)
{
    struct task_struct *task = (void *)current_task(), *parent = 0;
    u64 key = 2, sum = 0;
    u32 recently = 5;
    read_kernel(&parent, sizeof(parent), &task->real_parent);
    s32 tgid = -1;
    read_kernel(&tgid, sizeof(tgid), &parent->tgid);
    sum = tgid;
    map_update(&results, &key, &sum, 0);
    map_update(&recent, &recently, &tgid, 0);
    return 0;
}

SEC("tp_btf/sys_enter")
int typed(u64 *ctx)
{
    void *task = current_task_btf();
    u64 *value = task_storage(&tasks, task, 0, 1);
    if (value) {
        *value += 1;
    }
    if (pid_tgid() >> 32 == traced) {
        u64 key = 3, sum = 0;
        for_each(&results, each, &sum, 0);
        map_update(&results, &key, &sum, 0);
        key = 4;
        sum = ((struct task_struct *)task)->tgid;
        map_update(&results, &key, &sum, 0);
    }
    return 0;
}

#ifndef ORACLE
SEC("?tracepoint/sched/sched_switch")
int switches(void *ctx)
{
    count(1);
    return 0;
}

SEC("?raw_tp/sys_exit")
int refused(struct raw_args *ctx)
{
    u64 key = 0;
    u64 *value = map_lookup(&results, &key);
    return *value;
}

struct task_struct___gone {
    int no_such_field;
} KERNEL;

SEC("?raw_tp/sys_exit")
int absent(struct raw_args *ctx)
{
    struct task_struct___gone *task = (void *)current_task();
    s32 value = 0;
    read_kernel(&value, sizeof(value), &task->no_such_field);
    return value;
}

SEC("?raw_tp/no_such_tracepoint")
int nowhere(struct raw_args *ctx)
{
    return 0;
}

SEC("?tp_btf/no_such_tracepoint")
int typed_nowhere(u64 *ctx)
{
    return 0;
}
#endif
