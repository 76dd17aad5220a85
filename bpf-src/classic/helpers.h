/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The kernel's functions for programs, by their numbers. All but those behind a HAS_ are in Linux 4.14. */
#ifndef SYSCOPE_HELPERS_H
#define SYSCOPE_HELPERS_H

#include "configuration.h"
#include "kernel.h"

#define SEC(name) __attribute__((section(name), used))
#define HELPER static __attribute__((unused))

HELPER void *(*helper_lookup)(void *map, const void *key) = (void *)BPF_FUNC_map_lookup_elem;
HELPER long (*helper_update)(void *map, const void *key, const void *value, u64 flags) = (void *)BPF_FUNC_map_update_elem;
HELPER long (*helper_delete)(void *map, const void *key) = (void *)BPF_FUNC_map_delete_elem;
HELPER u32 (*helper_cpu)(void) = (void *)BPF_FUNC_get_smp_processor_id;
HELPER u64 (*helper_ids)(void) = (void *)BPF_FUNC_get_current_pid_tgid;
HELPER u64 (*helper_task)(void) = (void *)BPF_FUNC_get_current_task;
HELPER void (*helper_tail_call)(void *ctx, void *map, u32 slot) = (void *)BPF_FUNC_tail_call;
HELPER long (*helper_output)(void *ctx, void *map, u64 flags, void *data, u64 size) = (void *)BPF_FUNC_perf_event_output;

#define OUTPUT_THIS_CPU 0xffffffffULL

#if defined(HAS_PROBE_READ_USER)
HELPER long (*helper_read_kernel)(void *to, u32 size, const void *from) = (void *)BPF_FUNC_probe_read_kernel;
HELPER long (*helper_read_user)(void *to, u32 size, const void *from) = (void *)BPF_FUNC_probe_read_user;
HELPER long (*helper_read_kernel_text)(void *to, u32 size, const void *from) = (void *)BPF_FUNC_probe_read_kernel_str;
HELPER long (*helper_read_user_text)(void *to, u32 size, const void *from) = (void *)BPF_FUNC_probe_read_user_str;
#else
HELPER long (*helper_read_kernel)(void *to, u32 size, const void *from) = (void *)BPF_FUNC_probe_read;
HELPER long (*helper_read_user)(void *to, u32 size, const void *from) = (void *)BPF_FUNC_probe_read;
HELPER long (*helper_read_kernel_text)(void *to, u32 size, const void *from) = (void *)BPF_FUNC_probe_read_str;
HELPER long (*helper_read_user_text)(void *to, u32 size, const void *from) = (void *)BPF_FUNC_probe_read_str;
#endif

/* ns since boot; the older one does not count the time asleep. */
#if defined(HAS_KTIME_BOOT)
HELPER u64 (*helper_clock)(void) = (void *)BPF_FUNC_ktime_get_boot_ns;
#else
HELPER u64 (*helper_clock)(void) = (void *)BPF_FUNC_ktime_get_ns;
#endif

#endif
