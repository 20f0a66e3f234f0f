"""A small resume that every reader understands."""

MARKDOWN = """# Jane Doe

jane.doe@example.com | +44 20 7946 0958 | London, UK | linkedin.com/in/jane-doe

## Summary

Strategy consultant with 6 years of experience in retail and energy, advising boards on growth and cost.

## Experience

### Consultant, Northbridge Partners, London
Mar 2021 - Present

- Led a team of 5 on a pricing review for a grocery chain that raised gross margin by 2.1 points
- Built a market model for an energy utility covering 6 countries, which shaped a $40M investment
- Responsible for weekly reporting to the client

### Analyst, Harrow & Lane, London
Sep 2018 - Feb 2021

- Analysed 1,200 supplier contracts and cut procurement cost by 8% within 9 months
- Prepared board papers for a merger of two regional banks

## Education

MSc Economics, London School of Economics, 2017 - 2018

## Skills

Market entry, Pricing, Due diligence, Excel, SQL, Tableau
"""
