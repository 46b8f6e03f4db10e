"""English sentences with contact data: e-mail, phone, address, IP, URL."""

CASES = r"""
Please send the receipt to [[EMAIL|jane.doe@example.com]] as soon as possible.
My login is [[EMAIL|bob+newsletter@mail.example.co.uk]], but the reset mail never arrives.
Why was [[EMAIL|m_oleary77@yahoo.ie]] charged twice?
Reach us: [[EMAIL|it-helpdesk@acme-widgets.io]].
<[[EMAIL|first.last@sub.domain.org]]> is bouncing since Friday
Email:[[EMAIL|k.t.nguyen@gmail.com]] Phone: none
I changed it from [[EMAIL|old.me@hotmail.com]] to [[EMAIL|new.me@outlook.com]] and lost everything
cc [[EMAIL|accounts.payable@northwind.biz]]; they need the invoice too
the account under [[EMAIL|SHAUN99@GMAIL.COM]] is locked
"[[EMAIL|o'brien@example.ie]]" is rejected as invalid by your form
write to [[EMAIL|pete (at) example (dot) com]] because your form is broken
you can get me at [[EMAIL|lucy dot brown at gmail dot com]]
it says user [[EMAIL|müller@gmx.de]] does not exist
Contact=[[EMAIL|x1@y2.net]]
Still waiting!! [[EMAIL|angry_customer_1984@aol.com]]
mailto:[[EMAIL|dpo@example.eu]] in your footer is dead
Sent from [[EMAIL|ana.p@icloud.com]] on my iPhone
My work address [[EMAIL|r.singh@university.ac.uk]] isn't accepted
Login [[EMAIL|tom@startup.dev]]/[[EMAIL|tom@startup.app]] both fail
Please delete [[EMAIL|zoe-marie.k@posteo.de]] from the mailing list.
call me at [[PHONE|010-1234-5678]] please
My number is [[PHONE|(212) 555-0147]], call after 5.
Text me on [[PHONE|415-555-0198]] when it is ready
Phone: [[PHONE|+1 650 253 0000]]
Reach me at [[PHONE|+44 20 7946 0958]] during office hours.
my mobile [[PHONE|07911 123456]] gets no codes
The code was sent to [[PHONE|+82-10-9876-5432]] which is not mine
you can ring [[PHONE|020 7946 0018]] and ask for the manager
WhatsApp [[PHONE|+49 151 23456789]] works better for me
cell [[PHONE|6465550123]] is best
Contact number: [[PHONE|1-646-555-0199]]
my old phone was [[PHONE|312.555.0188]], the new one is [[PHONE|312.555.0189]]
Tel [[PHONE|0161 496 0000]]
call [[PHONE|555-0142]] and leave a message
I never gave you [[PHONE|+33 6 12 34 56 78]], where did you get it?
Verification SMS to [[PHONE|+91 98765 43210]] fails every time.
please call back on [[PHONE|(646)555-0112 ext. 42]]
+1 number [[PHONE|+12025550143]] is shown as invalid
my fax is [[PHONE|212-555-0133]]
Delivery driver should call [[PHONE|07700 900456]] on arrival.
Her phone ([[PHONE|718-555-0101]]) isn't linked
Number on the account ends up as [[PHONE|+61 412 345 678]] instead of mine.
mobile no. [[PHONE|9175550100]], please update
You may contact me via phone [[PHONE|303 555 0177]].
I am in Seoul, my number is [[PHONE|+82 2 312 3456]].
I live at [[ADDRESS|742 Evergreen Terrace]] and the parcel went elsewhere.
Ship to [[ADDRESS|1600 Pennsylvania Avenue NW, Washington, DC 20500]] please.
Deliver it to [[ADDRESS|221B Baker Street, London NW1 6XE]] instead
My new address is [[ADDRESS|55 Water St, Apt 4B, New York, NY 10041]].
the driver left it at [[ADDRESS|12 Oak Lane]], that is my neighbour
I moved to [[ADDRESS|3300 N Lake Shore Dr, Chicago, IL 60657]] in May
Billing address: [[ADDRESS|9 Elm Court]]
You sent it to [[ADDRESS|123 main street]] again!!
Flat is wrong, it is [[ADDRESS|Flat 3, 18 Albert Road, Bristol BS1 5TR]].
our office at [[ADDRESS|500 Fifth Avenue, Suite 210]] has no signal
Send the refund check to [[ADDRESS|PO Box 4417, Austin, TX 78765]].
The technician went to [[ADDRESS|88 Kingsway]] but we live at [[ADDRESS|90 Queens Road]].
zip code [[ADDRESS|94107]] is rejected at checkout
postcode [[ADDRESS|SW1A 2AA]] is not covered, it says
pick it up at [[ADDRESS|4501 W Sunset Blvd]] any day
ADDRESS: [[ADDRESS|77 Massachusetts Ave, Cambridge, MA 02139]]
The old zip was refused, the right zip code is [[ADDRESS|60614-2210]]
Package was delivered to [[ADDRESS|16 Church Hill]], wrong house
it shows [[ADDRESS|1 Infinite Loop, Cupertino, CA 95014]] as my home
we are at [[ADDRESS|27 Rue Street, Unit 5]] since March
My home is [[ADDRESS|45 st james road]], not the shop.
I was in [[ADDRESS|Portland, OR 97205]] when the card was used
Please deliver to [[ADDRESS|10 Downing Street]] before noon.
Change it to [[ADDRESS|2400 Old Mill Road]] from next month
Login attempt from [[IP|203.0.113.42]] was not me.
my IP is [[IP|82.14.201.7]] and it gets blocked
Server [[IP|192.168.0.10]] refuses connections
We see timeouts to [[IP|10.0.0.5]] since the update.
ip address [[IP|5.2.1.0]] is in your block list
the router at [[IP|192.168.1.1]] shows no errors
Blocked: [[IP|2001:0db8:85a3:0000:0000:8a2e:0370:7334]]
ping [[IP|172.16.254.3]] works fine
someone from [[IP|198.51.100.23]] changed my password
IPv6 [[IP|fe80::1ff:fe23:4567:890a]] is not accepted
The host [[IP|213.87.120.44]] keeps retrying
Please whitelist [[IP|198.51.100.0/24]] for our office
my session came from [[IP|121.133.45.201]], which is Seoul
I get 403 from [[IP|145.239.11.2]]:8080
last login: 2021-02-23 10:15 from [[IP|59.6.12.240]]
VPN gives me [[IP|185.220.101.4]] every time
Access denied for [[IP|2a02:8109:9a40:1c::5]] on port 443
dns [[IP|8.8.8.8]] does resolve it
our gateway is [[IP|10.12.4.1]]
unknown device, address [[IP|66.249.66.1]], wants access
The reset link [[URL|https://app.example.com/reset?token=8f3k2l9s]] says expired.
I opened [[URL|https://example.com/verify?email=joe%40example.com&code=4821]] and nothing happened
[[URL|https://admin:hunter2@intranet.example.com/]] asks again for the password
Magic link: [[URL|https://login.example.io/magic/4f9a8b7c6d5e4f3a2b1c0d9e]] does not work on iPad
The invite [[URL|https://chat.example.com/join?invite=AbC123xYz]] is invalid.
[[URL|https://cdn.example.com/file.pdf?X-Amz-Signature=abcd1234&X-Amz-Date=20210223]] gives 403
see [[URL|http://shop.example.com/cart?session_id=99af12cd]] (my cart)
click on [[URL|https://u.example.com/unsubscribe?uid=55012&sig=a8d7f6]], it loops
callback [[URL|https://app.example.com/cb#access_token=eyJ0eXAiOi&state=xyz]] is blank
Our db [[URL|postgres://svc:Pa55w0rd@db.example.com:5432/main]] cannot be reached
https redirect [[URL|www.example.com/login?user=jdoe&password=abc123]] leaks data!
The survey link [[URL|https://s.example.com/r?phone=12025550143]] shows my number
[[URL|https://meet.example.com/j/550e8400-e29b-41d4-a716-446655440000]] never starts
password link: [[URL|https://id.example.com/u/confirm?key=Zm9vYmFy]].
The export at [[URL|https://files.example.com/d/9aKx72LmQ0pR4tVw8yZ1]] is gone
my feed [[URL|https://cal.example.com/ical?auth=k29fj2]] stopped
Paypal sends me to [[URL|https://pay.example.com/checkout?token=EC-60U79048BN7719609]], then error
[[URL|https://example.com/account?name=John+Doe]] should not show my name
example link [[URL|app.example.com/reset?token=kd83jd92]] is dead
the SSO url [[URL|https://sso.example.com/saml?SAMLResponse=PHNhbWxwOl&RelayState=a1]] hangs
"""
