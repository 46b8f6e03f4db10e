"""English sentences with names."""

CASES = r"""
My name is [[PERSON|Laura Bennett]] and I can't log in.
Hello, my name is [[PERSON|Deepak]], I ordered two weeks ago.
This is [[PERSON|Marcus Hill]] speaking.
hi this is [[PERSON|Jenny]] from accounts, the export is broken
The app crashes.⏎⏎Regards,⏎[[PERSON|John Smith]]
Please fix it.⏎Kind regards⏎[[PERSON|Amelia Watson]]
Best wishes,⏎[[PERSON|Priya Natarajan]]⏎Head of Ops
Nothing works.⏎Thanks,⏎[[PERSON|Kevin O'Connor]]
Yours sincerely,⏎⏎[[PERSON|H. Blackwood]]
Sincerely, [[PERSON|Teresa Lopez]]
Mr. [[PERSON|Thompson]] promised me a refund
I spoke to Mrs [[PERSON|Patel]] on Monday
Dr [[PERSON|Elizabeth Warren]] cannot open the file
Dear Ms. [[PERSON|Chang]], the form is still broken
I talked with [[PERSON|Steven Wright]] from billing and he hung up
The agent [[PERSON|Natalie]] was very rude
my name's [[PERSON|Owen Clarke]]
Name: [[PERSON|Sophie Turner]]⏎Order: 12345
Full name: [[PERSON|Robert James Miller]]
Account holder: [[PERSON|Alice Cooper]], balance is wrong
Cardholder name: [[PERSON|Daniel Kim]]
Hi [[PERSON|Sarah]], any news on my ticket?
Hello [[PERSON|David]],⏎I still wait.
I'm [[PERSON|Jessica Alvarez]] and I want to cancel
Please call [[PERSON|Michael Brown]] about it.
the account is under the name of [[PERSON|Catherine Moore]]
my name is [[PERSON|james]], please help
It was [[PERSON|Rebecca Stone]] who closed my ticket
Attn: [[PERSON|George Hamilton]]
Your technician [[PERSON|Brian]] never showed up
I am [[PERSON|Fatima Hassan]], a customer since 2015.
Prof. [[PERSON|Lindqvist]] cannot join the meeting
Cheers,⏎[[PERSON|Dave]]
Thank you⏎[[PERSON|Maria Gonzalez]]
My full name is [[PERSON|William van der Berg]] but it gets cut
sent by [[PERSON|Andrew Foster]] yesterday
Refund was issued to [[PERSON|Linda Park]] instead of me
recipient: [[PERSON|Hannah Schmidt]]
[[PERSON|Emily Carter]] here, same problem again.
Passenger: [[PERSON|Thomas Reed]]
Regards, [[PERSON|Yuki Tanaka]]
Warm regards,⏎[[PERSON|Jean-Pierre Dubois]]
still broken⏎- [[PERSON|Oliver Grant]]
Contact [[PERSON|Victoria Nash]] if you need logs
You can ask for [[PERSON|Samuel]] at the desk
Best,⏎[[PERSON|Nina]]
Miss [[PERSON|Hargreaves]] said it would take 3 days
I was told by [[PERSON|Christopher]] that it is fixed
The name is [[PERSON|Gareth Lloyd]] on the booking.
customer name: [[PERSON|Ivan Petrov]]
"""
