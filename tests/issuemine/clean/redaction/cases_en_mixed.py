"""English sentences of all kinds, with and without personal data."""

CASES = r"""
Hi, I'm trying to reset my password for [[EMAIL|susan_k@protonmail.com]] but the link expires.
You can contact my wife at [[PHONE|(503) 555-0164]] or me at [[PHONE|503-555-0177]].
pls call [[PHONE|+447911123456]]
Number: [[PHONE|+1 (415) 555-2671]]
My phone number is [[PHONE|4155552671]] and I get no OTP
My number has changed from [[PHONE|07700 900123]] to [[PHONE|07700 900987]].
Office line [[PHONE|+1-202-555-0173]], ext 4
I'm at [[ADDRESS|350 5th Ave, New York, NY 10118]].
Please ship replacement to [[PERSON|Karen White]], [[ADDRESS|1420 Maple Drive, Springfield, IL 62704]].
My address is [[ADDRESS|14 Rue Cres, Unit 2]] now
we moved to [[ADDRESS|8 Station Road, Cambridge CB1 2JW]] in June
House number is wrong: [[ADDRESS|19 Willow Way]] not 91.
Card ending in 4242 was charged, full number [[CARD|4242 4242 4242 4242]].
CC# [[CARD|5425233430109903]] exp 04/26 cvv [[SECRET|123]]
[[CARD|4263-9826-4026-9299]] was declined
my IBAN is [[IBAN|GB33BUKB20201555555555]]
payout IBAN [[IBAN|DE75512108001245126199]]
Login from IP [[IP|45.33.32.156]] at 3am
[[IP|77.88.55.242]] is hammering our API
our static IP is [[IP|91.198.174.192]]
server at [[IP|2606:2800:220:1:248:1893:25c8:1946]] is unreachable
SSN: [[NATIONAL_ID|078-05-1121]]
my password was [[SECRET|P@ssw0rd123]]
username: admin password: [[SECRET|letmein99]]
pwd is [[SECRET|S3cure!Pass]]
api key: [[SECRET|sk_test⁀_4eC39HqLyjWDarjtT1zdp7dc]]
Authorization: Bearer [[SECRET|abc123def456ghi789]]
AWS_SECRET_ACCESS_KEY=[[SECRET|wJalrXUtnFEMI⁀/K7MDENG/bPxRfiCYEXAMPLEKEY]]
token=[[SECRET|a8f5f167f44f4964e6c998dee827110c]]
here's the token [[SECRET|ghp_⁀aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789]]
md5 of password [[SECRET|5f4dcc3b5aa765d61d8327deb882cf99]]
[[URL|https://example.com/reset-password?token=eyJhbGciOiJIUzI1NiJ9]] gives 404
[[URL|https://user:secret@ftp.example.com/file]] fails
Thanks,⏎[[PERSON|Emily Johnson]]⏎Senior Accountant
Best Regards,⏎⏎[[PERSON|Raj Kumar]]⏎[[PHONE|+91 99887 76655]]
This is [[PERSON|Patrick O'Neil]] from Dublin, I still have no refund
Hello, this is [[PERSON|Anna]] calling about the bill
My name is [[PERSON|Li Wei]] and my order 55-1234 is late
customer [[PERSON|Robert Johnson]] complained twice
I spoke with [[PERSON|Jessica]] yesterday and she promised a call
Mr [[PERSON|J. Alvarez]] signed for it
please ask [[PERSON|Thomas]] to call me
Sent by [[PERSON|Nicole Adams]] via web form
account number: [[BANK_ACCOUNT|0049 2211 8834]]
My bank account [[BANK_ACCOUNT|31926819]], sort code [[BANK_ACCOUNT|60-16-13]].
wire to routing [[BANK_ACCOUNT|122105155]] account [[BANK_ACCOUNT|4458890021]]
passport [[PASSPORT|AA1234567]] isn't accepted
passport number: [[PASSPORT|925665416]]
my driver's license is [[DRIVER_LICENCE|B4829103]]
license number [[DRIVER_LICENCE|SMITH657054SM9IJ]] (UK)
licence plate [[PLATE|BD51 SMR]] was charged twice
My plate is [[PLATE|6TRJ244]]
Order 9-5551234 shipped to the wrong city
The total of 2,125,550,100 is off by one
Account balance is 5551234 points
Version 2.0.1.15 fails, 2.0.1.14 works
ref: 020-7946-0958-AB
Error 10060 connecting to port 8080
ETA 2021-03-04 14:00-16:00
Part no. 800-555-1212
ticket #4155552671 is still open
Ticket ID: 2125550147
The meeting ID 845 1234 5678 isn't valid
Zoom meeting 123 456 7890 won't start
I have 4 GB of RAM and 1 TB drive
The 9 Lane Road Race game crashes
We tested 3 Drive letters
Password reset doesn't work
my password is too short they say
The token 'access' was not found
key not found: user_settings
hash mismatch d41d8cd98f00b204e9800998ecf8427e on download
Call of Duty keeps crashing
Mark as read is gone
Grant access to Will please
May I ask why Will and Grace is missing
Chase Bank isn't in the list
Jordan and Israel are missing from the countries
the Victoria line is missing on the map
Charlotte airport has no lounge access
St. Mary Hospital is not listed
Wi-Fi 6E and USB 3.2 fail
10.5.3.1 release notes?
The ratio is 100.200.300 per line
file_20210223_101530_final_v2.docx lost
session expired after 1800000 ms
coordinates 40.712776, -74.005974 are off
lat 37.566535 lon 126.977969
ID 12345-67890 is not found
EC-60U79048BN7719609 is my PayPal ref
Room 12, Floor 3 is cold
It took me 2 weeks to drive there
I need 20 more places
20 Minutes Away Drive
6 Way Switch broke
my name doesn't show
Sincerely disappointed
Regards the app, it is bad
Thanks,⏎A loyal customer
Dear Customer, your order is late
Best,⏎Your name here
hey can u txt me at [[PHONE|917-555-0136]] thx
My name is [[PERSON|Alicia Keys]]. Number [[PHONE|(917) 555 0136]], email [[EMAIL|alicia@keys.com]].
I was on the phone with [[PERSON|Gary Numan]] for an hour
Ship it to [[PERSON|Tom Hardy]], [[ADDRESS|25 Old Church Road, Apt 9, Boston, MA 02118]]
The rep, [[PERSON|Monica]], was helpful
Please send a courier to [[ADDRESS|1010 Wilshire Blvd Apt 5]]
My apartment at [[ADDRESS|2B Rosewood Court]] has no coverage.
Visa [[CARD|4916338506082832]] exp 12/25
amex [[CARD|3400 0000 0000 009]] won't go through
[[CARD|6011 0009 9013 9424]] is my Discover
Direct deposit to account [[BANK_ACCOUNT|123456789012]] failed
account number is [[BANK_ACCOUNT|00418877]] and sort code is [[BANK_ACCOUNT|20-00-00]]
my social is [[NATIONAL_ID|123-45-6789]]
The password for that account is [[SECRET|Falcon$77]].
I set the new password to [[SECRET|NewPass!2021]] and it fails
login: mike / password: [[SECRET|m1k3y!]]
OPENAI_API_KEY=[[SECRET|sk-⁀abcdEFGH1234ijklMNOP5678qrst]]
x-api-key: [[SECRET|7c4a8d09ca3762af61e59520943dc264]]
bearer [[SECRET|ya29.a0AfH6SMBx-1234567890abcdef]]
See [[URL|https://example.com/password/edit?reset_password_token=Zx8sKq]]
Unsubscribe link [[URL|https://mail.example.com/u/9f86d081884c7d659a2feaa0c55ad015]] broken
Traffic from [[IP|104.28.7.19]] and [[IP|172.67.181.3]]
My license plate [[PLATE|3ABC789]]
passport no. [[PASSPORT|P1234567]] declined
regards⏎[[PERSON|steve miller]]
I'm [[PERSON|Claire]], and I've been a member since 2010
Hi there, [[PERSON|Paul Newman]] here.
Ms [[PERSON|O'Hara]] from billing was great
Order ID: 114-7834521-0098123
USPS 9205 5000 0000 0000 0000 00
My tracking is EE123456789KR
Invoice INV-2021-0223-001
$4,111.11 was taken
Windows build 19042.804
The Samsung QN65Q80T is dead
Version: 91.0.4472.77
192 users, 168 devices
Ports 8080, 8443 and 9000 are closed
Use 255 characters max
12-hour clock vs 24-hour clock
2nd floor, 3rd door
1st Street Pizza delivered late
I lost 3 days drive time
Mary had a little lamb plays on hold
Join the Dr program
Prof edition is expensive
Thank you,⏎Have a nice day
Regards,⏎Sent from my iPhone
Password strength: weak
Password: ********
password=null in the log
SecretSanta2021 event is broken
my key fob died
ISO 8601 dates like 20210223T101530Z fail
phone model: 6465550123X
Flight KE 1234 was cancelled
PNR X7Y8Z9 not found
Serial: C02XK0XXJGH5
call 100 times a day, 5 days a week
It takes 15 20 or 30 minutes
Error 1603 0x00000643
1-2-3-4-5-6-7 counting
(see section 2.3.4.5)
the GPS shows 51.5074, 0.1278
10.000.000 downloads
page 212 555 lines
You can email me at [[EMAIL|john.appleseed (at) icloud.com]] or [[EMAIL|japple@icloud.com]]
phone# [[PHONE|202-555-0108]]
Home: [[PHONE|(305) 555-0190]], Work: [[PHONE|305-555-0191]]
Customer phone number: [[PHONE|+44 7700 900077]]
My Canadian number [[PHONE|+1 604-555-0123]] is refused
France: [[PHONE|+33 1 42 68 53 00]]
Please ring me back, [[PHONE|01632 960983]].
Delivery address: [[ADDRESS|10 High Street, Oxford OX1 4AA]]
Address is [[ADDRESS|789 Pine Ave, Seattle, WA 98101]], USA
I live at [[ADDRESS|4 Privet Drive, Little Whinging]]
she moved from [[ADDRESS|17 Cherry Tree Lane]] to [[ADDRESS|32 Windsor Gardens]]
card no [[CARD|4111-1111-1111-1112]] with a typo
Credit card [[CARD|5500 0000 0000 0004]] expired
[[IBAN|FR76 3000 6000 0112 3456 7890 189]] please
my account number is [[BANK_ACCOUNT|8273645510]]
Bank acc no: [[BANK_ACCOUNT|11223344]]
my passport, number [[PASSPORT|G28461923]], was not accepted
My driver's licence number is [[DRIVER_LICENCE|JONES710238HA9QX]].
SSN [[NATIONAL_ID|987-65-4320]]
registration [[PLATE|YK19 ABC]] isn't found
My new password is: [[SECRET|Tiger_2022]]
wifi password "[[SECRET|n0tmyW1f1]]" rejected
my secret key is [[SECRET|b5GQ81xkLm20pQz7]]
AccessKeyId: [[SECRET|AKIA⁀XYZ7QWERTY012345]]
[[URL|https://drive.example.com/file/d/1a2B3c4D5e6F7g8H9i0JkLmNoP/view]] denied
https://www.example.com/2021/02/23/release-notes-for-version-5-2-1
https://example.com/orders/12345 shows a blank page
IP: [[IP|100.64.0.1]]
blocked [[IP|2001:db8::ff00:42:8329]]
Hi [[PERSON|Karen]],⏎please see below⏎Best,⏎[[PERSON|Anil]]
Dear Mr [[PERSON|Jones]] is wrong, I am Mrs [[PERSON|Jones]]
My son [[PERSON|Ethan Walker]] can't sign in
Technician [[PERSON|Luis Ramirez]] was late
name on card: [[PERSON|Grace Hopper]]
My name is [[PERSON|Sean]] and I'm fed up
I'm sure it's broken
I am Happy to wait
Dear Zoom Support Team
Thanks Guys
Windows Server 2019 Standard Edition
iPhone 11 Pro and iPad Air 4
PS5 and Xbox Series X fail
order 7781234 and order 7781235
order nos. 415-555-0101, 415-555-0102 are lost
S/N 4111111111111111
Card machine 3000 is dead
my account is 3 years old
100 Main features
5 Way to improve it
10 St Patrick's day stickers
The 500 Rd error
The address book is empty
I live in a 2 bedroom apartment
call center closes at 17:00
Text 12345 to 67890
$5.99/month, 12 months
"""
