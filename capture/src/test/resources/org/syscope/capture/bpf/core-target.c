/* Types of an invented kernel: those of core.c, with everything moved around. Only its BTF is used. */
#include "bpf.h"

struct point {
    u64 before;
    int y;
    int x;
};

struct shape {
    u64 first;
    union {
        struct {
            struct point corners[8];
            u8 unrelated : 2;
            u32 low : 3;
            u32 middle : 6;
            s32 high : 7;
        };
    };
    u32 length;
    s64 id;
    struct {
        struct shape *next;
        char colour;
        u64 other;
        int hidden;
    };
    int either;
    char tail[];
};

struct twice {
    int here;
};

struct twice___again {
    int before;
    int here;
};

struct same {
    int here;
};

struct same___again {
    int here;
    int behind;
};

enum fruit { PLUM = -30, PEAR = 20, APPLE = 10 };
enum large { LARGE = 0xfedcba9876543210ULL };
typedef int (*handler)(int, struct point *);

struct shape a;
struct twice b;
struct twice___again c;
enum fruit d;
enum large e;
handler f;
struct same g;
struct same___again h;
