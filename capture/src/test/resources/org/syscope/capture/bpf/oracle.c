/* What both this loader and libbpf load, so that the kernel's translation can be compared. */
#define ORACLE
#include "live.c"

struct path {
    struct dentry *dentry;
} KERNEL;

struct inode___split {
    s64 i_ctime_sec;
} KERNEL;

struct timespec64 {
    s64 tv_sec;
} KERNEL;

struct inode {
    u16 i_mode;
    u32 i_uid;
    u64 i_ino;
    s64 i_size;
    struct timespec64 i_ctime;
} KERNEL;

struct file {
    struct path f_path;
    struct inode *f_inode;
    u32 f_flags;
    u64 f_pos;
} KERNEL;

struct fdtable {
    u32 max_fds;
    struct file **fd;
} KERNEL;

struct files_struct {
    struct fdtable *fdt;
} KERNEL;

struct kernfs_node {
    const char *name;
    u64 id;
    struct kernfs_node *parent;
} KERNEL;

struct kernfs_node___new {
    struct kernfs_node *__parent;
} KERNEL;

struct upid {
    int nr;
} KERNEL;

struct pid {
    u32 level;
    struct upid numbers[1];
} KERNEL;

struct signal_struct {
    struct pid *pids[4];
    int nr_threads;
    u32 is_child_subreaper : 1;
} KERNEL;

struct task_struct___more {
    struct files_struct *files;
    struct signal_struct *signal;
    u32 sched_reset_on_fork : 1;
    u32 in_execve : 1;
    char comm[16];
    u64 start_time;
    u64 start_boottime;
    void *nonsense;
} KERNEL;

enum pid_type { PIDTYPE_TGID = 77, PIDTYPE_SID = 88 };
enum pid_type___none { PIDTYPE_NOSUCH = 99 };

#define READ(to, from) read_kernel(&(to), sizeof(to), &(from))
#define EXISTS(what) __builtin_preserve_field_info(what, 2)

static NOINLINE u64 bits(struct task_struct___more *task)
{
    u64 word = 0;
    u32 offset = __builtin_preserve_field_info(task->sched_reset_on_fork, 0);
    u32 size = __builtin_preserve_field_info(task->sched_reset_on_fork, 1);
    read_kernel(&word, size & 15, (char *)task + offset);
    word <<= __builtin_preserve_field_info(task->sched_reset_on_fork, 4);
    if (__builtin_preserve_field_info(task->sched_reset_on_fork, 3)) {
        return (s64)word >> __builtin_preserve_field_info(task->sched_reset_on_fork, 5);
    }
    return word >> __builtin_preserve_field_info(task->sched_reset_on_fork, 5);
}

static NOINLINE u64 file_of(struct task_struct___more *task, u32 number)
{
    struct files_struct *files = 0;
    struct fdtable *table = 0;
    struct file **all = 0, *file = 0;
    struct inode *inode = 0;
    u16 mode = 0;
    s64 changed = 0;
    READ(files, task->files);
    READ(table, files->fdt);
    READ(all, table->fd);
    read_kernel(&file, sizeof(file), all + number);
    READ(inode, file->f_inode);
    READ(mode, inode->i_mode);
    if (EXISTS(((struct inode___split *)inode)->i_ctime_sec)) {
        READ(changed, ((struct inode___split *)inode)->i_ctime_sec);
    } else {
        READ(changed, inode->i_ctime.tv_sec);
    }
    return mode + changed;
}

SEC("raw_tp/sys_enter")
int fields(struct raw_args *ctx)
{
    struct task_struct___more *task = (void *)current_task();
    struct signal_struct *signal = 0;
    struct pid *pid = 0;
    u64 key = 9, value = bits(task) + file_of(task, 1) + file_of(task, 2);
    int number = 0;
    char comm[16];
    READ(signal, task->signal);
    u64 type = __builtin_preserve_enum_value(*(enum pid_type *)PIDTYPE_TGID, 1);
    read_kernel(&pid, sizeof(pid), &signal->pids[1]);
    READ(number, pid->numbers[0].nr);
    value += number + type;
    if (__builtin_preserve_enum_value(*(enum pid_type___none *)PIDTYPE_NOSUCH, 0)) {
        value += __builtin_preserve_enum_value(*(enum pid_type___none *)PIDTYPE_NOSUCH, 1);
    }
    if (EXISTS(task->nonsense)) {
        READ(value, task->nonsense);
    }
    if (EXISTS(((struct kernfs_node___new *)0)->__parent)) {
        value += __builtin_preserve_field_info(((struct kernfs_node___new *)0)->__parent, 0);
    } else {
        value += __builtin_preserve_field_info(((struct kernfs_node *)0)->parent, 0);
    }
    READ(comm, task->comm);
    value += comm[0] + __builtin_preserve_field_info(task->comm, 1);
    value += __builtin_preserve_type_info(*(struct task_struct___more *)0, 1);
    value += __builtin_preserve_type_info(*(struct task_struct___more *)0, 0);
    value += __builtin_preserve_type_info(*(struct timespec64 *)0, 2);
    value += __builtin_btf_type_id(*(struct file *)0, 1);
    value += __builtin_btf_type_id(*(struct file *)0, 0);
    map_update(&results, &key, &value, 0);
    return 0;
}

SEC("tp_btf/sched_switch")
int direct(u64 *ctx)
{
    struct task_struct___more *next = (void *)ctx[2];
    u64 key = 10, value = next->start_boottime + next->signal->nr_threads + next->comm[3];
    map_update(&results, &key, &value, 0);
    return 0;
}
