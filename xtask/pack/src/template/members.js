// Methods as a class has them: no loop over an object's names meets them.
function $members(of, members) {
  Object.getOwnPropertyNames(members).concat(Object.getOwnPropertySymbols(members)).forEach(function (name) {
    var member = Object.getOwnPropertyDescriptor(members, name);
    member.enumerable = false;
    Object.defineProperty(of, name, member);
  });
}
