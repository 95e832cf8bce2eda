"""For gdb: lets ONNX Runtime see a processor that has AVX2 and no more.

    gdb -q -batch -x benchmarks/instructions/avx2.py --args java ...

ONNX Runtime has no switch for it. Each CPUID instruction of libonnxruntime.so is answered here, with the processor's own values less the bits of
AVX-512, AVX-VNNI and AMX; all that runs afterwards runs as ever. Needs gdb, objdump and a C compiler.
"""

import subprocess
import tempfile

import gdb

LIBRARY = "libonnxruntime.so"

C = r"""
#include <cpuid.h>
#include <stdio.h>
int main(void) {
    unsigned leaf, sub, a, b, c, d;
    while (scanf("%x %x", &leaf, &sub) == 2) {
        __cpuid_count(leaf, sub, a, b, c, d);
        printf("%x %x %x %x\n", a, b, c, d);
        fflush(stdout);
    }
}
"""
folder = tempfile.mkdtemp()
open(folder + "/cpuid.c", "w").write(C)
subprocess.run(["cc", "-O1", "-o", folder + "/cpuid", folder + "/cpuid.c"], check=True)
real = subprocess.Popen([folder + "/cpuid"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def cpuid(leaf, sub):
    real.stdin.write("%x %x\n" % (leaf, sub))
    real.stdin.flush()
    a, b, c, d = (int(word, 16) for word in real.stdout.readline().split())
    if leaf == 7 and sub == 0:
        for bit in (16, 17, 21, 26, 27, 28, 30, 31):  # AVX-512 F, DQ, IFMA, PF, ER, CD, BW, VL
            b &= ~(1 << bit)
        for bit in (1, 6, 11, 12, 14):  # VBMI, VBMI2, VNNI, BITALG, VPOPCNTDQ
            c &= ~(1 << bit)
        for bit in (2, 3, 8, 22, 23, 24, 25):  # 4VNNIW, 4FMAPS, VP2INTERSECT, AMX-BF16, FP16, AMX
            d &= ~(1 << bit)
    if leaf == 7 and sub == 1:
        for bit in (4, 5):  # AVX-VNNI, AVX512-BF16
            a &= ~(1 << bit)
        for bit in (4, 5, 10):  # AVX-VNNI-INT8, AVX-NE-CONVERT, AVX-VNNI-INT16
            d &= ~(1 << bit)
    return a, b, c, d


class Instruction(gdb.Breakpoint):
    def __init__(self, address):
        super().__init__("*%#x" % address, internal=True)
        self.address = address

    def stop(self):
        read = lambda name: int(gdb.parse_and_eval("(unsigned long)$" + name)) & 0xFFFFFFFF
        leaf, sub = read("rax"), read("rcx")
        for name, value in zip(("rax", "rbx", "rcx", "rdx"), cpuid(leaf, sub)):
            gdb.execute("set $%s = %d" % (name, value))
        gdb.execute("set $pc = %#x" % (self.address + 2))
        return False


def addresses(path):
    lines = subprocess.run(["objdump", "-d", "--no-show-raw-insn", path], capture_output=True, text=True, check=True)
    return [int(line.split(":")[0], 16) for line in lines.stdout.splitlines() if line.endswith("\tcpuid")]


done = False


def loaded(event):
    global done
    name = event.new_objfile.filename
    if done or not name or not name.endswith(LIBRARY):
        return
    done = True
    pid = gdb.selected_inferior().pid
    base = min(int(line.split("-")[0], 16) for line in open("/proc/%d/maps" % pid) if line.rstrip().endswith(LIBRARY))
    found = addresses(name)
    for each in found:
        Instruction(base + each)
    print("avx2.py: %d CPUID instructions of %s" % (len(found), name), flush=True)


gdb.events.new_objfile.connect(loaded)
for line in ("set pagination off", "set confirm off", "set breakpoint pending on", "set auto-solib-add on",
             "handle SIGSEGV SIGILL SIGFPE SIGBUS SIGUSR1 SIGUSR2 SIGQUIT SIGPWR SIGXCPU nostop noprint pass"):
    gdb.execute(line)
gdb.execute("run")
