/* What the test programs need of the kernel's interface, declared by us: helper numbers and map macros. */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int s32;
typedef long long s64;

#define SEC(name) __attribute__((section(name), used))
#define NOINLINE __attribute__((noinline))
#define KERNEL __attribute__((preserve_access_index))
#define NUMBER(name, value) int (*name)[value]
#define TYPE(name, what) what *name
#define EACH(name, what) __typeof__(what) *name[]

enum { HASH = 1, ARRAY = 2, PROG_ARRAY = 3, PERCPU_ARRAY = 6, LRU_HASH = 9, ARRAY_OF_MAPS = 12, RINGBUF = 27,
       TASK_STORAGE = 29 };

static void *(*map_lookup)(void *map, const void *key) = (void *)1;
static long (*map_update)(void *map, const void *key, const void *value, u64 flags) = (void *)2;
static u64 (*ktime)(void) = (void *)5;
static u32 (*cpu)(void) = (void *)8;
static long (*tail_call)(void *ctx, void *map, u32 index) = (void *)12;
static u64 (*pid_tgid)(void) = (void *)14;
static u64 (*current_task)(void) = (void *)35;
static long (*read_kernel)(void *dst, u32 size, const void *from) = (void *)113;
static void *(*ring_reserve)(void *ring, u64 size, u64 flags) = (void *)131;
static void (*ring_submit)(void *data, u64 flags) = (void *)132;
static void (*ring_discard)(void *data, u64 flags) = (void *)133;
static void *(*task_storage)(void *map, void *task, void *value, u64 flags) = (void *)156;
static void *(*current_task_btf)(void) = (void *)158;
static long (*for_each)(void *map, void *callback, void *context, u64 flags) = (void *)164;

struct raw_args {
    u64 args[2];
};
