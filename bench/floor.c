/* The floor: a bare XInput2 loop that counts raw events and keeps nothing. cc floor.c -lX11 -lXi */
#include <X11/Xlib.h>
#include <X11/extensions/XInput2.h>
#include <stdio.h>
int main(void) {
  Display *d = XOpenDisplay(0);
  if (!d) return 1;
  int opcode, event, error;
  if (!XQueryExtension(d, "XInputExtension", &opcode, &event, &error)) return 1;
  unsigned char bits[XIMaskLen(XI_LASTEVENT)] = {0};
  XIEventMask mask = {XIAllMasterDevices, sizeof bits, bits};
  XISetMask(bits, XI_RawMotion); XISetMask(bits, XI_RawKeyPress); XISetMask(bits, XI_RawKeyRelease);
  XISetMask(bits, XI_RawButtonPress); XISetMask(bits, XI_RawButtonRelease);
  XISelectEvents(d, DefaultRootWindow(d), &mask, 1);
  XSync(d, 0);
  puts("ready"); fflush(stdout);
  for (unsigned long n = 0;; n++) { XEvent e; XNextEvent(d, &e); if (XGetEventData(d, &e.xcookie)) XFreeEventData(d, &e.xcookie); }
}
