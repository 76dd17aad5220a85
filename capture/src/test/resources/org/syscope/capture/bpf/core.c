/* One program per kind of CO-RE relocation; its first instruction's number is what the test looks at. */
#include "bpf.h"

char gpl[] SEC("license") = "GPL";

struct point {
    int x;
    int y;
} KERNEL;

struct shape {
    int id;
    struct point corners[4];
    u32 low : 3;
    u32 middle : 7;
    s32 high : 5;
    u16 length;
    struct shape *next;
    struct {
        int hidden;
        union {
            int either;
            u64 other;
        };
    };
    char tail[];
} KERNEL;

struct shape___new {
    int colour;
} KERNEL;

struct shape___never {
    int smell;
} KERNEL;

struct shape___wrong {
    struct point id;
} KERNEL;

struct nowhere {
    int x;
} KERNEL;

struct twice {
    int here;
} KERNEL;

struct same {
    int here;
} KERNEL;

enum fruit { APPLE = 1, PEAR = 2, PLUM___old = 3 };
enum fruit___more { KIWI = 9 };
enum large { LARGE = 0x123456789abcdefULL };
typedef int (*handler)(int, struct point *);
typedef int (*handler___other)(int, int, int);

#define INFO(name, type, field, what) \
    SEC("raw_tp/x") int name(void *ctx) { return __builtin_preserve_field_info(((type *)0)->field, what); }
#define TYPED(name, type, what) \
    SEC("raw_tp/x") int name(void *ctx) { return __builtin_preserve_type_info(*(type *)0, what); }
#define VALUE(name, type, value, what) \
    SEC("raw_tp/x") u64 name(void *ctx) { return __builtin_preserve_enum_value(*(type *)value, what); }

INFO(offset_id, struct shape, id, 0)
INFO(offset_corner, struct shape, corners[2].y, 0)
INFO(offset_length, struct shape, length, 0)
INFO(offset_hidden, struct shape, hidden, 0)
INFO(offset_other, struct shape, other, 0)
INFO(offset_tail, struct shape, tail[3], 0)
INFO(size_length, struct shape, length, 1)
INFO(size_corners, struct shape, corners, 1)
INFO(exists_id, struct shape, id, 2)
INFO(exists_colour, struct shape___new, colour, 2)
INFO(exists_smell, struct shape___never, smell, 2)
INFO(exists_wrong, struct shape___wrong, id, 2)
INFO(exists_nowhere, struct nowhere, x, 2)
INFO(signed_length, struct shape, length, 3)
INFO(signed_high, struct shape, high, 3)
INFO(offset_middle, struct shape, middle, 0)
INFO(size_middle, struct shape, middle, 1)
INFO(left_middle, struct shape, middle, 4)
INFO(right_middle, struct shape, middle, 5)
INFO(left_high, struct shape, high, 4)
INFO(offset_smell, struct shape___never, smell, 0)
INFO(offset_twice, struct twice, here, 0)
INFO(offset_same, struct same, here, 0)
TYPED(type_exists, struct shape, 0)
TYPED(type_missing, struct nowhere, 0)
TYPED(type_size, struct shape, 1)
TYPED(handler_exists, handler, 0)
TYPED(handler_missing, handler___other, 0)
TYPED(point_matches, struct point, 2)
TYPED(shape_matches, struct shape, 2)
VALUE(pear, enum fruit, PEAR, 1)
VALUE(plum, enum fruit, PLUM___old, 1)
VALUE(kiwi_exists, enum fruit___more, KIWI, 0)
VALUE(pear_exists, enum fruit, PEAR, 0)
VALUE(large, enum large, LARGE, 1)

SEC("raw_tp/x") u64 local_id(void *ctx) { return __builtin_btf_type_id(*(struct shape *)0, 0); }
SEC("raw_tp/x") u64 target_id(void *ctx) { return __builtin_btf_type_id(*(struct shape *)0, 1); }

/* Loads in place: the offset is in the instruction, and the width follows the field where that is safe. */
SEC("raw_tp/x") u64 load_length(struct shape *s) { return s->length; }
SEC("raw_tp/x") u64 load_next(struct shape *s) { return (u64)s->next; }
SEC("raw_tp/x") s64 load_id(struct shape *s) { return s->id; }

static NOINLINE int twice(struct shape *s) { return s->corners[1].x + 1; }
static NOINLINE int thrice(struct shape *s) { return twice(s) + s->corners[3].y; }
SEC("raw_tp/x") int calls(struct shape *s) { return thrice(s) + twice(s); }
