from ser_desktop.__main__ import main

raise SystemExit(main())
