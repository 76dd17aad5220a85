/* Types of an invented aarch64 kernel for live.c and oracle.c. Only its BTF is used. */
#include "bpf.h"

struct user_pt_regs {
    u64 regs[31];
    u64 sp;
    u64 pc;
    u64 pstate;
};

struct pt_regs {
    union {
        struct user_pt_regs user_regs;
        struct {
            u64 regs[31];
            u64 sp;
            u64 pc;
            u64 pstate;
        };
    };
    u64 orig_x0;
    s32 syscallno;
    u32 unused2;
};

struct task_struct {
    u64 thread_info[3];
    int pid;
    int tgid;
    struct task_struct *real_parent;
};

typedef void (*btf_trace_sys_enter)(void *, struct pt_regs *, long);

struct pt_regs a;
struct task_struct b;
btf_trace_sys_enter c;
