# ruff: noqa: E501
"""English sentences with numbers that identify a person or open an account. ``⁀`` is taken out on reading:
it keeps scanners of repositories from taking samples for keys."""

CASES = r"""
My card [[CARD|4111 1111 1111 1111]] was declined.
I paid with [[CARD|5555-5555-5555-4444]] yesterday
Amex [[CARD|378282246310005]] is not accepted at checkout
card number: [[CARD|6011111111111117]]
the old visa [[CARD|4012888888881881]] is still charged monthly
Please remove [[CARD|4242424242424242]] from my wallet
charged twice on [[CARD|5105 1051 0510 5100]]!
why does [[CARD|4539148803436467]] fail 3DS?
my mastercard [[CARD|2223003122003222]] isn't recognised
debit card [[CARD|4000056655665556]] exp 04/24
Card: [[CARD|3714 496353 98431]] (corporate)
JCB [[CARD|3530111333300000]] unsupported?
UnionPay card [[CARD|6217990800123455]] fails
card 1234 is expired, new one is [[CARD|4024-0071-0912-3454]]
I typed [[CARD|5168201344559019]] and got error 51
use [[CARD|5410 0877 7766 5548]] for the renewal
diners [[CARD|30569309025904]] rejected
my credit card [[CARD|1234-5678-9012-3456]] got blocked
refund to [[CARD|4111111111111111]], not to store credit
Saved card [[CARD|6550123456789016]] disappeared
Please refund to IBAN [[IBAN|GB29 NWBK 6016 1331 9268 19]].
my account is [[IBAN|DE89370400440532013000]]
IBAN: [[IBAN|FR1420041010050500013M02606]] rejected as invalid
send it to [[IBAN|NL91ABNA0417164300]] thanks
[[IBAN|ES91 2100 0418 4502 0005 1332]] is my new account
The direct debit from [[IBAN|IT60X0542811101000000123456]] bounced
new iban [[IBAN|ch93 0076 2011 6238 5295 7]] please
salary goes to [[IBAN|BE68539007547034]]
transfer from [[IBAN|PL61109010140000071219812874]] not received
I entered [[IBAN|IE29AIBK93115212345678]] twice
IBAN=[[IBAN|AT611904300234573201]]
use [[IBAN|SE45 5000 0000 0583 9825 7466]] instead
my [[IBAN|NO9386011117947]] can't be saved
Danish account [[IBAN|DK5000400440116243]] fails
payout to [[IBAN|GB82WEST12345698765432]] is pending
[[IBAN|PT50000201231234567890154]] isn't accepted by the form
Finnish one: [[IBAN|FI2112345600000785]].
account [[IBAN|LU280019400644750000]] closed?
Dubai account [[IBAN|AE070331234567890123456]], payment missing
Turkish IBAN ([[IBAN|TR330006100519786457841326]]) shows error
My account number [[BANK_ACCOUNT|12345678]] is wrong on the statement.
account no. [[BANK_ACCOUNT|000123456789]] was debited
sort code [[BANK_ACCOUNT|12-34-56]], account number [[BANK_ACCOUNT|87654321]]
routing number [[BANK_ACCOUNT|021000021]] and account [[BANK_ACCOUNT|9876543210]]
Please pay into bank account [[BANK_ACCOUNT|4410-2209-7781]].
acct: [[BANK_ACCOUNT|7730021456]] missing deposit
my savings account is [[BANK_ACCOUNT|55120034]]
a/c [[BANK_ACCOUNT|30192837465]] still blocked
checking account #[[BANK_ACCOUNT|882200114477]] shows a hold
BSB and account: account [[BANK_ACCOUNT|112233445]] not found
money left account number is [[BANK_ACCOUNT|6600 1122 3344]] but never arrived
Sort Code: [[BANK_ACCOUNT|40-47-84]]
ABA [[BANK_ACCOUNT|026009593]] is not recognised
my passport number is [[PASSPORT|M12345678]]
Passport no: [[PASSPORT|533401928]] was rejected during verification
uploaded passport [[PASSPORT|C01X00T47]] three times
Passport: [[PASSPORT|AB1234567]] expires next year
KYC fails for passport [[PASSPORT|M70689098]]
the passport number [[PASSPORT|K8837412]] does not match they say
Korean passport [[PASSPORT|M123A4567]] isn't accepted by OCR
passport #[[PASSPORT|L898902C3]] scan is blurry
driver's license [[DRIVER_LICENCE|D1234567]] won't scan
Driving licence [[DRIVER_LICENCE|MORGA753116SM9IJ]] was refused
drivers license number: [[DRIVER_LICENCE|S530-4607-9105]] not recognised
my driver license no. is [[DRIVER_LICENCE|I1234568]]
DL [[DRIVER_LICENCE|F255921500]] expired?
driving license number [[DRIVER_LICENCE|99999999]] please check
My SSN is [[NATIONAL_ID|219-09-9999]].
social security number [[NATIONAL_ID|536 90 4399]] was shown in chat!!
why do you need [[NATIONAL_ID|401-22-1837]]
ssn [[NATIONAL_ID|212-34-8765]] mismatch
NI number [[NATIONAL_ID|AB 12 34 56 C]] is not accepted
national insurance [[NATIONAL_ID|JG103759A]] rejected
The SSN on file, [[NATIONAL_ID|529-11-4045]], is not mine
My resident registration number [[KR_RRN|850317-1012345]] is on the invoice!
RRN [[KR_RRN|920815-2045676]] cannot be verified
foreigner registration number [[KR_FRN|880712-5102347]] fails
my ARC is [[KR_FRN|930405-6100784]]
alien registration [[KR_FRN|950130-6200454]] doesn't pass the check
business registration number [[KR_BRN|220-81-12341]] not found
Our company (business registration [[KR_BRN|104-81-56784]]) needs a tax invoice
license plate [[PLATE|7ABC123]] isn't recognised at the gate
my number plate [[PLATE|AB12 CDE]] was entered wrong
plate: [[PLATE|KXY-4821]] still gets fined
Car registration [[PLATE|LD65 YTN]] can't be added
parking app rejects plate [[PLATE|8XKJ902]]
wrong license plate number [[PLATE|HGT 2871]] on the permit
password: [[SECRET|hunter2!]] does not work
my password is [[SECRET|Tr0ub4dor&3]]
pw=[[SECRET|qwerty12345]]
The temporary password was [[SECRET|xK29#dfs]] and it expired
I use the password "[[SECRET|correct-horse-9]]" and get locked out
Password = [[SECRET|Summer2021]]
passcode is [[SECRET|774411]]
key [[SECRET|sk-⁀proj-4fGh29sKq0LmNx82PzRt5vWy]] returns 401
my API key [[SECRET|AKIA⁀IOSFODNN7EXAMPLE]] leaked
git push with [[SECRET|ghp_⁀16C7e42F292c6912E7710c838347Ae178B4a]] fails
Authorization: Bearer [[SECRET|eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U]]
header "Bearer [[SECRET|mF_9.B5f-4.1JqM]]" is refused
slack token [[SECRET|xoxb-⁀2048394857-abcdEFGHijkl]] revoked
api_key=[[SECRET|9f86d081884c7d65]] invalid
client_secret: [[SECRET|8Q~aBcDeF1234567890xyz]]
access token is [[SECRET|4a7d1ed414474e4033ac29ccb8653d9b]] and got 403
google key [[SECRET|AIza⁀SyA-1234567890abcdefghijklmnopqrstu]] quota
here is what I pasted: [[SECRET|b7e23ec29af22b0b4e41da31e868d57226121c84]]
stripe [[SECRET|sk_⁀live_51H8xk2LmQpRtVw9yZaBc]] no longer works
token: [[SECRET|dGhpcyBpcyBhIHRva2VuIDEyMw==]]
my key file:⏎[[SECRET|-----BEGIN RSA PRIVATE KEY-----⏎MIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu⏎-----END RSA PRIVATE KEY-----]]
the PIN is [[SECRET|4821]] and the app rejects it
pin code [[SECRET|903122]] blocked
cvv [[SECRET|737]] is refused
security code: [[SECRET|1234]] on the Amex
secret key [[SECRET|wJalrXUtnFEMI⁀/K7MDENG/bPxRfiCYEXAMPLEKEY]] pasted by mistake
session id [[SECRET|f81d4fae7dec11d0a76500a0c91e6bf6]] hijacked
the wifi password for guests is [[SECRET|Guest#2020]]
my pass: [[SECRET|Zx9!kLm2]] and user jdoe
"""
