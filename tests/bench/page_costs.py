"""soon"""
async def measure(runs):
    return [], {}
