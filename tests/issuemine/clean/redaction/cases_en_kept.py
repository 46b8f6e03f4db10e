"""English sentences that hold nothing to redact, though parts of them look like it."""

CASES = r"""
My order 123-4567890 has not arrived.
Order number: 2021022312345, still pending
order #445-667-8890 shows delivered but is not
Where is order 113-2938475-9928374?
Tracking number 9400110200881234567890 does not update
tracking no. 1Z999AA10123456784 stuck in Memphis
UPS 1Z12345E0205271688 lost?
Invoice 2021-000123 was paid twice
invoice no 5551234567 is wrong
I was charged $1,299.99 instead of $1,199.99.
It costs 30,000 won, or 25 dollars
Paid 1500000 KRW last week
The update 5.2.1.0 broke everything
since version 10.1.2.3 the app crashes
v1.4.0.22976 keeps freezing
Teams 1.4.00.22976 on Windows 10.0.19041.985
build 16.0.13530.20316 is slow
Firmware 3.10.0.2 bricked my device
Upgraded from 4.1.0.1 to 4.1.0.7 and lost data
Error 0x80070005 when installing
error code T011 at login
HTTP 500 then 503 then 404
Error: E-1001-22, please advise
the meeting on 2021-02-23 at 10:30 was dropped
since 02/23/2021 nothing works
Dates like 23.02.2021 are parsed as US dates
2021-02-23 10:15:32 ERROR timeout
It happened between 10:30 and 11:45
call dropped after 1:23:45
Your helpline 1-800-555-0199 never answers
I called 1588-1234 ten times
0800 123 4567 is always busy
911 could not be dialed from the app
case 00123456 has been open for weeks
ticket 20210223-0042 was closed without answer
reference 8844221100 please check
SKU 212-555-0123 is out of stock
part number 646-555-0100 does not fit
serial no. 356938035643809 is not found
IMEI 490154203237518 is reported as blocked
model SM-G991B/DS freezes
I have an iPhone 12 Pro Max 256GB
Galaxy S21 Ultra with Android 11
MacBook Pro M4 2TB is slow
the A4 2017 model isn't supported
my laptop has 16 GB and 512 GB SSD
Scanned barcode 8801234567893, nothing happens
ISBN 978-3-16-148410-0 not found
UPC 036000291452 scans wrong
transaction 7712345678901234 is not in my list
Transaction id 4485275742308327 failed
confirmation number 6465550123 was sent
booking ref 8XKJ90 is invalid
coupon 1234-5678-9012-3456 is rejected as used
gift voucher 4444-3333-2222-1112 doesn't work
PO 4500012345 isn't linked
I waited 45 minutes on hold
we have 1200 users and 35 offices
10,000,000 rows cannot be exported
Room 404 has no wifi
1920x1080 looks blurry, 3840x2160 is fine
Latency went from 20 ms to 2000 ms
ratio 16:9 is cut to 4:3
Phase 2 of 3 takes 100 percent CPU
I scored 85 of 100 and got no certificate
3 way call isn't possible
a 5 star place with a 1 star app
24 hour drive to collect it was no fun
I drove 100 miles on the road to the store
2 people on my street have it too
10 minutes down the road there is a better shop
4 way video calling is broken
1 lane of traffic in the maps view is wrong
the 2020 court ruling says otherwise
step 3 drive the file to trash
It took 2 hours to park
See https://example.com/help?page=2 for what I mean
your page https://www.example.com/products/phones/galaxy-s21 shows the wrong price
https://status.example.com says all good
example.com/pricing is confusing
docs at https://docs.example.com/guide/how-to-reset-a-forgotten-device-2021 are outdated
http://localhost:3000/index.html does not load
https://example.com/search?q=refund+policy&lang=en shows nothing
link www.example.org/faq#billing is broken
@support please answer
follow us @acme_official
the icon@2x.png asset is missing
meet @ 5 pm was cancelled
save it as report@final.docx
std::vector<int> crashed in a::b
the time 12:30:45 is wrong
password is not working
my password is incorrect it says
I forgot my password and the reset email never comes
Password: required field is shown though I typed it
the password was changed without my consent
password must have 8 characters
pass through the gate was denied
PIN entry is not shown
The pin is stuck in the socket
enter the 6 digit code, it says
token expired message appears
access token is required, error 401
invalid api key error on the dashboard
the bearer of the ticket was refused
basic features are missing
the key is stuck
correlation id 7f3b9c1e-55aa-4c1b-9d21-0a1b2c3d4e5f
trace id 4bf92f3577b34da6a3ce929d0e0e4736 for your engineers
commit 9fceb02d0ae598e95dc970b74767f19372d61af8 introduced it
sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 mismatch
ThisIsAVeryLongCamelCaseIdentifierThatIsNotASecret fails
com.example.application.services.NotificationService crashed
/usr/local/share/applications/example-app/config/default.json missing
C:\Program Files\Example\bin\example.exe crashes
user_profile_settings_notification_preferences_v2 is null
supercalifragilisticexpialidocious test
my name is wrong on the invoice
My name is spelled incorrectly
the file name is too long
user name is already taken
App name: Microsoft Teams
Device name: Galaxy Tab
Display name is not saved
this is great from start to finish
This is Awesome
This is frustrating, speaking as a customer
Thanks,⏎The Support Team
Thank you.⏎Please fix this.
Best regards
Thanks in advance
Regards,⏎Customer Service
Hi Team, the app is down
Hello there, I need help
Dear Sir or Madam, nothing works
Dear Support, please help
Hi All, login fails
Hello Microsoft, fix your app
I am Not Happy
I'm Waiting for a refund
Microsoft Teams is slow, Google Meet is not
Bank Transfer is missing from Payment Options
Visa Debit isn't listed under Payment Methods
The New York office can't connect
San Francisco and Los Angeles are both down
I bought it at Black Friday
Dr. Martens boots arrived damaged
the Michael Kors bag is fake
Harry Potter audiobook stops at chapter 3
I live in London and delivery takes weeks
We are based in Austin, Texas
the store in Seoul is closed on Sunday
Delivery to Germany takes 10 days
my account was closed in 2019
account ending in 4821 is locked
the account since 2021-02-23 is empty
account balance 12000 is wrong
the card ending 1234 was declined
my visa application form is broken
credit of 5000 points is missing
passport upload fails with error 413
my passport expired in 2020
license key is not accepted
the software licence for 25 users expired
plate of food arrived cold, order 88
number plate recognition is too slow
region 5 outage at 9am
registration for the 2021 event is closed
phone battery dies at 30%
my phone is a Pixel 5
the call was dropped 3 times
call quality is 2/5
text is cut off after 160 characters
contact form has 12 fields
mobile data 5 GB used in 2 days
I have called 15 times in 10 days
step 1-2-3 does not work
win 2-1 was shown as 1-2
range 100-200-300 is not sorted
0.000123456789 BTC is missing
scores 98.6 97.2 95.1 are not saved
1 234 567 users affected
timestamps like 1614067200000 are shown raw
1614067200 is not a date
id 20210223101530 is duplicated
event_id=5501234567 dropped
chapter 12 page 345 missing
the 3rd party 2nd screen is black
size 42 in EU is 8.5 in US
0-60 in 3.5 seconds, your app is slower
<EMAIL> was never verified
my number <PHONE> is on <URL>
please contact <PERSON> at <ADDRESS>
"""
